import type * as tf from '@tensorflow/tfjs';
import {volumeConvolutionGeometry} from './geometry.js';
import {trainingKernel} from './training-kernel.js';

/** The gradient of a convolution over volumes with respect to its input. The backend's own gives other sums. */
export const conv3dBackpropInput = trainingKernel<
  Record<'dy' | 'filter', tf.TensorInfo>,
  tf.Conv3DBackpropInputV2Attrs
>({
  name: 'Conv3DBackpropInputV2',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {dy, filter}, attrs, backend}) => {
      const {inputShape} = attrs;
      const shapes = {input: inputShape, filter: filter.shape};
      const geometry = volumeConvolutionGeometry(tf.backend_util, shapes, attrs);
      const dx = backend.makeOutput(inputShape, 'float32');
      const view = (info: tf.TensorInfo) => backend.typedArrayFromHeap(info) as Float32Array;
      scatter(geometry, {dy: view(dy), filter: view(filter), dx: view(dx)});
      return dx;
    },
});

/** dx(in) = sum over the windows that cover it, and over the outputs, of dy(out) filter(offset, in, out). */
function scatter(
  geometry: tf.backend_util.Conv3DInfo,
  {dy, filter, dx}: Record<'dy' | 'filter' | 'dx', Float32Array>,
): void {
  const {batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, outHeight, outWidth, outChannels} =
    geometry;
  const {filterDepth, filterHeight, filterWidth, strideDepth, strideHeight, strideWidth, padInfo} = geometry;
  dx.fill(0);
  let from = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let od = 0; od < outDepth; od++) {
      for (let oh = 0; oh < outHeight; oh++) {
        for (let ow = 0; ow < outWidth; ow++, from += outChannels) {
          for (let fd = 0; fd < filterDepth; fd++) {
            const d = od * strideDepth + fd - padInfo.front;
            if (d < 0 || d >= inDepth) continue;
            for (let fh = 0; fh < filterHeight; fh++) {
              const h = oh * strideHeight + fh - padInfo.top;
              if (h < 0 || h >= inHeight) continue;
              for (let fw = 0; fw < filterWidth; fw++) {
                const w = ow * strideWidth + fw - padInfo.left;
                if (w < 0 || w >= inWidth) continue;
                const to = (((n * inDepth + d) * inHeight + h) * inWidth + w) * inChannels;
                const offset = ((fd * filterHeight + fh) * filterWidth + fw) * inChannels;
                for (let i = 0; i < inChannels; i++) {
                  const weights = (offset + i) * outChannels;
                  let sum = 0;
                  for (let o = 0; o < outChannels; o++) {
                    sum += (dy[from + o] as number) * (filter[weights + o] as number);
                  }
                  dx[to + i] = (dx[to + i] as number) + sum;
                }
              }
            }
          }
        }
      }
    }
  }
}
