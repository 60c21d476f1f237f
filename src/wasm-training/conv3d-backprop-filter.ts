import type * as tf from '@tensorflow/tfjs';
import {volumeConvolutionGeometry} from './geometry.js';
import {trainingKernel} from './training-kernel.js';

/**
 * The filter's gradient of a convolution over volumes, [depth, height, width, inChannels, outChannels]. The backend's
 * own is wrong for strides above 1.
 */
export const conv3dBackpropFilter = trainingKernel<
  Record<'x' | 'dy', tf.TensorInfo>,
  tf.Conv3DBackpropFilterV2Attrs
>({
  name: 'Conv3DBackpropFilterV2',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {x, dy}, attrs, backend}) => {
      const {filterShape} = attrs;
      const shapes = {input: x.shape, filter: filterShape};
      const geometry = volumeConvolutionGeometry(tf.backend_util, shapes, attrs);
      const dFilter = backend.makeOutput(filterShape, 'float32');
      const view = (info: tf.TensorInfo) => backend.typedArrayFromHeap(info) as Float32Array;
      filterGradient(geometry, {x: view(x), dy: view(dy), dFilter: view(dFilter)});
      return dFilter;
    },
});

type Operands = Record<'x' | 'dy' | 'dFilter', Float32Array>;

function filterGradient(geometry: tf.backend_util.Conv3DInfo, {x, dy, dFilter}: Operands): void {
  const {filterDepth, filterHeight, filterWidth, inChannels, outChannels} = geometry;
  const sums = new Float64Array(inChannels * outChannels);
  let to = 0;
  for (let fd = 0; fd < filterDepth; fd++) {
    for (let fh = 0; fh < filterHeight; fh++) {
      for (let fw = 0; fw < filterWidth; fw++, to += sums.length) {
        sums.fill(0);
        addPosition(geometry, [fd, fh, fw], {x, dy, sums});
        dFilter.set(sums, to);
      }
    }
  }
}

/** Adds x dy over all volumes and output voxels for one position of the filter; sums: [inChannels, outChannels]. */
function addPosition(
  geometry: tf.backend_util.Conv3DInfo,
  [fd, fh, fw]: readonly [number, number, number],
  {x, dy, sums}: Pick<Operands, 'x' | 'dy'> & {sums: Float64Array},
): void {
  const {batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, outHeight, outWidth, outChannels} =
    geometry;
  const {strideDepth, strideHeight, strideWidth, padInfo} = geometry;
  for (let plane = 0; plane < batchSize * outDepth; plane++) {
    const d = (plane % outDepth) * strideDepth + fd - padInfo.front;
    if (d < 0 || d >= inDepth) continue;
    const volume = Math.floor(plane / outDepth);
    for (let oh = 0; oh < outHeight; oh++) {
      const h = oh * strideHeight + fh - padInfo.top;
      if (h < 0 || h >= inHeight) continue;
      const row = ((volume * inDepth + d) * inHeight + h) * inWidth;
      for (let ow = 0; ow < outWidth; ow++) {
        const w = ow * strideWidth + fw - padInfo.left;
        if (w < 0 || w >= inWidth) continue;
        const from = (row + w) * inChannels;
        const out = ((plane * outHeight + oh) * outWidth + ow) * outChannels;
        for (let i = 0, k = 0; i < inChannels; i++) {
          const value = x[from + i] as number;
          for (let o = 0; o < outChannels; o++) sums[k++]! += value * (dy[out + o] as number);
        }
      }
    }
  }
}
