/**
 * The callback: captures a model while it trains, and projects its channels back to the input.
 *
 * @module cnnslicer
 */
export {callbackList} from './callback-list.js';
export {cnnSlicer, type Capture, type CnnSlicer} from './cnn-slicer.js';
export {
  deconvnet,
  modelAt,
  probeTensors,
  type DeconvnetOptions,
  type DeconvnetTensorFlow,
  type InputProjection,
  type Projection,
} from './deconvnet/index.js';
export type {EpochLogs} from './epoch-logs.js';
export type {NamedTensors, NetworkFunction} from './named-tensors.js';
export type {CnnSlicerOptions, LayerSelection} from './options.js';
export type {LabelledSamples, Probe} from './samples-option.js';
export type {TensorBoardOptions} from './tensorboard-options.js';
export type {LayersModel, TensorFlow} from './tensorflow.js';
export type {HParam} from '../tensorboard/index.js';
