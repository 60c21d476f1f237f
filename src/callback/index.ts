/**
 * The callback: captures a model while it trains, and projects its channels back to the input.
 *
 * @module cnnslicer
 */
export type {HParam} from '../shared/recording/tensorboard-parts.js';
export {callbackList} from '../capture/callback-list.js';
export type {Capture, CnnSlicer} from '../capture/session-callback.js';
export {cnnSlicer} from './cnn-slicer.js';
export {
  deconvnet,
  modelAt,
  probeTensors,
  type DeconvnetOptions,
  type DeconvnetTensorFlow,
  type InputProjection,
  type Projection,
} from '../deconvnet/index.js';
export type {EpochLogs} from '../capture/epoch-logs.js';
export type {NamedTensors, NetworkFunction} from '../capture/named-tensors.js';
export type {CnnSlicerOptions, LayerSelection} from '../capture/options.js';
export type {LabelledSamples, Probe, TrainingSet} from '../capture/samples-option.js';
export type {TensorBoardOptions} from '../capture/tensorboard-options.js';
export type {LayersModel, TensorFlow} from '../model/tensorflow.js';
