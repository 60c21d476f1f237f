import type {Tensor} from './tensorflow.js';

/** Recognises a tensor by its shape and `data()` method, not by class, because it may come from another copy of tfjs (reported later). */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataSync' in value && 'shape' in value;
}
