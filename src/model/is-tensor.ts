import type {Tensor} from './tensorflow.js';

/** Tells a tensor by its shape and reader, not by class: it may come from another copy of tfjs, which is told later. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataSync' in value && 'shape' in value;
}
