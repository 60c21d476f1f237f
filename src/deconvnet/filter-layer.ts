import type {Layer, Tensor} from '../model/tensorflow.js';

interface Weight {
  read(): Tensor;
}

/** Fields of the filtering layers; tfjs does not export their types. */
export interface FilterLayer {
  /** [...kernel size, in, out]; of a transposed convolution [...kernel size, out, in]; of a dense layer [in, out]. */
  kernel: Weight;
  /** [height, width, in, multiplier]. */
  depthwiseKernel: Weight;
  /** [1, 1, in * multiplier, out]. */
  pointwiseKernel: Weight;
  bias?: Weight | null;
  strides: number[];
  dilationRate: number[];
  padding: 'same' | 'valid';
  dataFormat?: 'channelsLast' | 'channelsFirst';
}

export function asFilterLayer(layer: Layer): FilterLayer {
  return layer as unknown as FilterLayer;
}
