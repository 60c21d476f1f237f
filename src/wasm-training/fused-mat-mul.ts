import type * as tf from '@tensorflow/tfjs';
import {activate, isFused} from './activation.js';
import {matrixCount, transposeMatrix} from './mat-mul.js';
import {trainingKernel} from './training-kernel.js';

/**
 * activation(a b + bias). The backend's own is right only for two single matrices without transpose flags: elsewhere
 * it adds the bias and applies the activation once for every block of its sum. There it is put together from product,
 * sum and activation; so it is for a bias of more than one axis and for activations that the backend cannot fuse.
 */
export const fusedMatMul = trainingKernel<tf._FusedMatMulInputs, tf._FusedMatMulAttrs>({
  name: '_FusedMatMul',
  plain: 'composition',
  compiled: false,
  create:
    ({native}) =>
    ({inputs: {a, b, bias, preluActivationWeights}, attrs, backend}) => {
      const {transposeA, transposeB, activation, leakyreluAlpha} = attrs;
      const single = matrixCount(a) === 1 && matrixCount(b) === 1;
      const fusible = single && (bias === undefined || bias.shape.length === 1) && isFused(activation);
      return native.compose(backend, run => {
        const left = single && transposeA ? transposeMatrix(run, a) : a;
        const right = single && transposeB ? transposeMatrix(run, b) : b;
        const flags = {transposeA: !single && transposeA, transposeB: !single && transposeB};
        if (fusible) {
          const inputs = {a: left, b: right, bias, preluActivationWeights};
          return run('_FusedMatMul', inputs, {...flags, activation, leakyreluAlpha});
        }
        const product = run('BatchMatMul', {a: left, b: right}, flags);
        const sum = bias ? run('Add', {a: product, b: bias}) : product;
        return activate(run, sum, {activation, leakyreluAlpha, preluActivationWeights});
      });
    },
});
