/**
 * Projects a channel back to the input, through a model as it was at an epoch (docs/deconvnet.md).
 *
 * @module cnnslicer/deconvnet
 */
export {deconvnet, type DeconvnetOptions} from './deconvnet.js';
export {modelAt} from './model-at.js';
export {probeTensors} from './probe-tensors.js';
export type {InputProjection, Projection} from './projection.js';
export type {DeconvnetTensorFlow} from './tensorflow.js';
