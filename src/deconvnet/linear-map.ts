import type {Tensor} from '../model/tensorflow.js';
import type {Signal} from './signal.js';

/** The linear part of a layer that computes activation(map(x) + bias). */
export interface LinearMap {
  /** The map itself, without the bias. */
  apply(x: Tensor): Tensor;
  /** The transposed map. `input` is what the layer took in the forward pass; only its shape matters. */
  transpose(signal: Signal, input: Tensor): Tensor;
}
