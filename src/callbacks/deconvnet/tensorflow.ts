import type * as tfjs from '@tensorflow/tfjs';

/** What projections need of TensorFlow.js, handed in by the user: the copy that owns the model. */
export type DeconvnetTensorFlow = Pick<
  typeof tfjs,
  | 'add'
  | 'backend_util'
  | 'cast'
  | 'conv2d'
  | 'conv2dTranspose'
  | 'depthwiseConv2d'
  | 'div'
  | 'engine'
  | 'expandDims'
  | 'getBackend'
  | 'getGradient'
  | 'grad'
  | 'grads'
  | 'LayersModel'
  | 'matMul'
  | 'models'
  | 'mul'
  | 'pad'
  | 'registerGradient'
  | 'relu'
  | 'reshape'
  | 'slice'
  | 'sqrt'
  | 'tensor'
  | 'tidy'
  | 'transpose'
  | 'unregisterGradient'
  | 'zerosLike'
>;
