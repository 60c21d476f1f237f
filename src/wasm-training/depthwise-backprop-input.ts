import type * as tf from '@tensorflow/tfjs';
import {convolutionGeometry, type Geometry} from './geometry.js';
import {trainingKernel} from './training-kernel.js';

/** The input's gradient of a depthwise convolution. Missing in the backend. */
export const depthwiseBackpropInput = trainingKernel<
  Record<'dy' | 'filter', tf.TensorInfo>,
  tf.DepthwiseConv2dNativeBackpropInputAttrs
>({
  name: 'DepthwiseConv2dNativeBackpropInput',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {dy, filter}, attrs, backend}) => {
      const shapes = {input: attrs.inputShape, filter: filter.shape, depthwise: true};
      const geometry = convolutionGeometry(tf.backend_util, shapes, attrs);
      const dx = backend.makeOutput(geometry.inShape, 'float32');
      const view = (info: tf.TensorInfo) => backend.typedArrayFromHeap(info) as Float32Array;
      const operands = {dy: view(dy), filter: view(filter), dx: view(dx)};
      operands.dx.fill(0);
      for (let row = 0; row < geometry.batchSize * geometry.outHeight; row++)
        scatterRow(geometry, row, operands);
      return dx;
    },
});

interface Operands {
  dy: Float32Array;
  filter: Float32Array;
  dx: Float32Array;
}

/** Adds dy * filter of one output row (counted over all images) to the pixels that it was computed from. */
function scatterRow(geometry: Geometry, row: number, {dy, filter, dx}: Operands): void {
  const {inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo} = geometry;
  const {strideHeight, strideWidth, filterHeight, filterWidth, dilationHeight, dilationWidth} = geometry;
  const multiplier = outChannels / inChannels;
  const image = Math.floor(row / outHeight);
  for (let kh = 0; kh < filterHeight; kh++) {
    const h = (row % outHeight) * strideHeight - padInfo.top + kh * dilationHeight;
    if (h < 0 || h >= inHeight) continue;
    for (let column = 0; column < outWidth; column++) {
      for (let kw = 0; kw < filterWidth; kw++) {
        const w = column * strideWidth - padInfo.left + kw * dilationWidth;
        if (w < 0 || w >= inWidth) continue;
        const to = ((image * inHeight + h) * inWidth + w) * inChannels;
        let from = (row * outWidth + column) * outChannels;
        let weight = (kh * filterWidth + kw) * outChannels;
        for (let channel = 0; channel < inChannels; channel++) {
          let sum = 0;
          for (let m = 0; m < multiplier; m++) sum += dy[from++]! * filter[weight++]!;
          dx[to + channel]! += sum;
        }
      }
    }
  }
}
