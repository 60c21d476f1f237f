import type * as tf from '@tensorflow/tfjs';
import {convolutionGeometry, type Geometry} from './geometry.js';
import {trainingKernel} from './training-kernel.js';

/**
 * The filter's gradient of a depthwise convolution, [height, width, channels, filters a channel]. Missing in the
 * backend.
 */
export const depthwiseBackpropFilter = trainingKernel<
  Record<'x' | 'dy', tf.TensorInfo>,
  tf.DepthwiseConv2dNativeBackpropFilterAttrs
>({
  name: 'DepthwiseConv2dNativeBackpropFilter',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {x, dy}, attrs, backend}) => {
      const shapes = {input: x.shape, filter: attrs.filterShape, depthwise: true};
      const geometry = convolutionGeometry(tf.backend_util, shapes, attrs);
      const dFilter = backend.makeOutput(geometry.filterShape, 'float32');
      const view = (info: tf.TensorInfo) => backend.typedArrayFromHeap(info) as Float32Array;
      filterGradient(geometry, view(x), view(dy), view(dFilter));
      return dFilter;
    },
});

function filterGradient(geometry: Geometry, x: Float32Array, dy: Float32Array, dFilter: Float32Array): void {
  const {filterHeight, filterWidth, outChannels} = geometry;
  const sums = new Float64Array(outChannels);
  for (let kh = 0; kh < filterHeight; kh++) {
    for (let kw = 0; kw < filterWidth; kw++) {
      sums.fill(0);
      addPosition(geometry, kh, kw, {x, dy, sums});
      dFilter.set(sums, (kh * filterWidth + kw) * outChannels);
    }
  }
}

interface Sums {
  x: Float32Array;
  dy: Float32Array;
  /** One sum per output channel, channel-major. */
  sums: Float64Array;
}

/** Adds x * dy over all images and output pixels for one position of the filter. */
function addPosition(geometry: Geometry, kh: number, kw: number, {x, dy, sums}: Sums): void {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo} = geometry;
  const {strideHeight, strideWidth, dilationHeight, dilationWidth} = geometry;
  const multiplier = outChannels / inChannels;
  for (let row = 0; row < batchSize * outHeight; row++) {
    const h = (row % outHeight) * strideHeight - padInfo.top + kh * dilationHeight;
    if (h < 0 || h >= inHeight) continue;
    const line = Math.floor(row / outHeight) * inHeight + h;
    for (let column = 0; column < outWidth; column++) {
      const w = column * strideWidth - padInfo.left + kw * dilationWidth;
      if (w < 0 || w >= inWidth) continue;
      const from = (line * inWidth + w) * inChannels;
      let out = (row * outWidth + column) * outChannels;
      for (let channel = 0, k = 0; channel < inChannels; channel++) {
        const value = x[from + channel]!;
        for (let m = 0; m < multiplier; m++) sums[k++]! += value * dy[out++]!;
      }
    }
  }
}
