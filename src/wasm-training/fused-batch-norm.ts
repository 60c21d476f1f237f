import type * as tf from '@tensorflow/tfjs';
import {trainingKernel} from './training-kernel.js';

/**
 * (x - mean) scale / sqrt(variance + epsilon) + offset. The backend's own, like the cpu backend's, runs through mean,
 * variance, scale and offset again and again along the values of x, which is right only where they lie along its last
 * axes. Elsewhere (the channels on axis 1) it is put together from operations that broadcast.
 */
export const fusedBatchNorm = trainingKernel<
  Record<'x' | 'mean' | 'variance', tf.TensorInfo> &
    Partial<Record<'offset' | 'scale', tf.TensorInfo | null>>,
  tf.FusedBatchNormAttrs
>({
  name: 'FusedBatchNorm',
  plain: 'composition',
  compiled: false,
  create:
    ({native}) =>
    ({inputs, attrs, backend}) => {
      const {x, mean, variance, offset, scale} = inputs;
      const {varianceEpsilon} = attrs;
      const given = [mean, variance, offset, scale].filter(info => info !== undefined && info !== null);
      if (given.every(({shape}) => isTrailing(shape, x.shape))) {
        return native.run(backend, 'FusedBatchNorm', {...inputs}, attrs);
      }
      return native.compose(backend, run => {
        const epsilon = run('Fill', {}, {shape: [], value: varianceEpsilon, dtype: 'float32'});
        const inverse = run('Rsqrt', {x: run('Add', {a: variance, b: epsilon})});
        const factor = scale ? run('Multiply', {a: inverse, b: scale}) : inverse;
        const scaled = run('Multiply', {a: run('Sub', {a: x, b: mean}), b: factor});
        return offset ? run('Add', {a: scaled, b: offset}) : scaled;
      });
    },
});

/** Checks whether a shape, ignoring leading ones, is that of the last axes of another. */
function isTrailing(shape: number[], whole: number[]): boolean {
  const first = shape.findIndex(extent => extent !== 1);
  if (first === -1) return true;
  const kept = shape.slice(first);
  return kept.every((extent, i) => extent === whole[whole.length - kept.length + i]);
}
