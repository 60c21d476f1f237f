import type * as tf from '@tensorflow/tfjs';
import type {RunKernel} from './native-kernels.js';
import {trainingKernel} from './training-kernel.js';

/** How many matrices a tensor of shape [..., rows, columns] holds. */
export function matrixCount(info: tf.TensorInfo): number {
  return info.shape.slice(0, -2).reduce((product, size) => product * size, 1);
}

/** The transpose of a tensor that holds a single matrix, its leading axes of 1 kept. */
export function transposeMatrix(run: RunKernel, info: tf.TensorInfo): tf.TensorInfo {
  const [rows, columns] = info.shape.slice(-2) as [number, number];
  const matrix = run('Reshape', {x: info}, {shape: [rows, columns]});
  const transposed = run('Transpose', {x: matrix}, {perm: [1, 0]});
  return run('Reshape', {x: transposed}, {shape: [...info.shape.slice(0, -2), columns, rows]});
}

/**
 * Matrix product. With a transpose flag the backend leaves its fast product for a plain loop: transposing first is
 * several times faster. Batches of matrices are left to the backend.
 */
export const batchMatMul = trainingKernel<Record<'a' | 'b', tf.TensorInfo>, tf.BatchMatMulAttrs>({
  name: 'BatchMatMul',
  plain: 'composition',
  compiled: false,
  create:
    ({native}) =>
    ({inputs: {a, b}, attrs, backend}) => {
      const {transposeA, transposeB} = attrs;
      const single = matrixCount(a) === 1 && matrixCount(b) === 1;
      if (!single || !(transposeA || transposeB)) return native.run(backend, 'BatchMatMul', {a, b}, attrs);
      return native.compose(backend, run =>
        run(
          'BatchMatMul',
          {a: transposeA ? transposeMatrix(run, a) : a, b: transposeB ? transposeMatrix(run, b) : b},
          {transposeA: false, transposeB: false},
        ),
      );
    },
});
