import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {transposedConvolution} from '#src/deconvnet/transposed-convolution.js';
import {on, randomValues, relativeError} from '../support/wasm-training.js';

type Shape4D = [number, number, number, number];

interface Case {
  channels: number;
  filters: number;
  kernel: [number, number];
  padding: 'same' | 'valid';
  stride: number;
}

/** Channels on both sides of the eight that are computed at a time, and extents that no block divides. */
function cases(): Case[] {
  const found: Case[] = [];
  for (const channels of [1, 2, 3, 4, 5, 9])
    for (const filters of [1, 3, 9])
      for (const kernel of [
        [1, 1],
        [3, 3],
        [2, 5],
      ] as const)
        // prettier-ignore
        for (const padding of ['same', 'valid'] as const)
          for (const stride of [1, 2]) found.push({channels, filters, kernel: [...kernel], padding, stride});
  return found;
}

function transpose({channels, filters, kernel, padding, stride}: Case, ours: boolean): tf.Tensor[] {
  const shape: Shape4D = [2, 7, 9, channels];
  const filter = randomValues(1, [...kernel, channels, filters]) as tf.Tensor4D;
  const {outShape} = tf.backend_util.computeConv2DInfo(shape, filter.shape, stride, 1, padding);
  const dy = randomValues(2, outShape) as tf.Tensor4D;
  if (!ours) return [tf.conv2dTranspose(dy, filter, shape, stride, padding)];
  return [transposedConvolution(tf, dy, filter, {shape, strides: [stride, stride], padding})];
}

test.serial(
  'equals the transposed convolution of the cpu backend for any channels, kernel and padding',
  async t => {
    await tf.setBackend('wasm');
    await enableWasmTraining(tf);
    for (const item of cases()) {
      const [expected] = await on('cpu', () => transpose(item, false));
      for (const backend of ['cpu', 'wasm'] as const) {
        const [actual] = await on(backend, () => transpose(item, true));
        t.true(relativeError(actual ?? [], expected ?? []) < 1e-6, `${backend} ${JSON.stringify(item)}`);
      }
    }
  },
);
