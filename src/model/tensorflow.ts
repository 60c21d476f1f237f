import type * as tfjs from '@tensorflow/tfjs';

/**
 * The part of TensorFlow.js that the callback uses. It is passed by the user and never imported, so that it is always
 * the very copy that owns the model: `@tensorflow/tfjs`, `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`.
 */
export type TensorFlow = Pick<
  typeof tfjs,
  | 'Callback'
  | 'CustomCallback'
  | 'LayersModel'
  | 'Tensor'
  | 'argMax'
  | 'cast'
  | 'dispose'
  | 'gather'
  | 'getBackend'
  | 'getKernel'
  | 'keep'
  | 'max'
  | 'model'
  | 'reshape'
  | 'tensor'
  | 'tensor1d'
  | 'tidy'
  | 'transpose'
  | 'version'
>;

/** A tensor of the tfjs that the user passes in. */
export type Tensor = tfjs.Tensor;
export type SymbolicTensor = tfjs.SymbolicTensor;
/** A `LayersModel` of the tfjs that the user passes in. */
export type LayersModel = tfjs.LayersModel;
export type Layer = tfjs.layers.Layer;
