import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {seededRandom} from '#src/shared/random.js';

/** Runs `compute` on a backend; the tensors it returns come back as plain numbers, everything else is disposed. */
export async function on(backend: 'cpu' | 'wasm', compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  await tf.ready();
  const results = tf.tidy(compute);
  const values = results.map(result => Float32Array.from(result.dataSync()));
  tf.dispose(results);
  return values;
}

/** Largest difference over largest expected magnitude; Infinity where lengths differ, NaN where a value is NaN. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let magnitude = 0;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs((actual[i] as number) - (expected[i] as number)));
    magnitude = Math.max(magnitude, Math.abs(expected[i] as number));
  }
  return magnitude === 0 ? difference : difference / magnitude;
}

/** The largest relative error over pairs of results. */
export function worstError(actual: Float32Array[], expected: Float32Array[]): number {
  if (actual.length !== expected.length) return Infinity;
  return Math.max(...actual.map((values, i) => relativeError(values, expected[i] as Float32Array)));
}

/** Seeded values in [-1, 1). */
export function randomValues(seed: number, shape: number[]): tf.Tensor {
  const random = seededRandom(seed);
  return tf.tensor(
    Float32Array.from({length: tf.util.sizeFromShape(shape)}, () => random() * 2 - 1),
    shape,
  );
}

export interface ConvolutionCase {
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];
}

/** Batch 1 and 32, filters 1x1 to 5x5, strides 1 to 3, both paddings, and channel counts that no tile divides. */
export function convolutionCases(): ConvolutionCase[] {
  const cases: ConvolutionCase[] = [];
  const channelPairs = [
    [1, 3],
    [5, 8],
    [6, 7],
    [12, 17],
  ] as const;
  for (const batch of [1, 32]) {
    for (const size of [1, 3, 5]) {
      for (const strides of [1, 2, [1, 2], 3] as const) {
        for (const pad of ['same', 'valid'] as const) {
          for (const [channels, filters] of channelPairs) {
            if (batch === 32 && channels === 12) continue; // the cpu backend would take seconds
            cases.push({
              input: [batch, 9, 11, channels],
              filter: [size, size, channels, filters],
              strides: strides as number | [number, number],
              pad,
            });
          }
        }
      }
    }
  }
  return [
    ...cases,
    {input: [2, 8, 9, 3], filter: [3, 5, 3, 4], strides: 1, pad: 1},
    {input: [3, 7, 7, 4], filter: [4, 4, 4, 12], strides: 2, pad: 'same'},
    {input: [2, 8, 9, 3], filter: [3, 3, 3, 4], strides: 2, pad: [[0, 0], [1, 0], [0, 2], [0, 0]]}, // prettier-ignore
    {input: [1, 40, 41, 4], filter: [3, 3, 4, 8], strides: 1, pad: 'same'}, // more pixels than one packed block
    {input: [1, 4, 700, 2], filter: [3, 3, 2, 3], strides: 1, pad: 'valid'}, // one row is longer than a block
  ];
}

/** dx and dFilter of one case, for a random dy. */
export function convolutionGradients({input, filter, strides, pad}: ConvolutionCase): tf.Tensor[] {
  const x = randomValues(1, input) as tf.Tensor4D;
  const weights = randomValues(2, filter) as tf.Tensor4D;
  const {outShape} = tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad);
  const dy = randomValues(3, outShape);
  const forward = (x: tf.Tensor4D, weights: tf.Tensor4D) => tf.conv2d(x, weights, strides, pad);
  return tf.grads(forward as (...args: tf.Tensor[]) => tf.Tensor)([x, weights], dy);
}

export interface PoolingCase {
  input: [number, number, number, number];
  size: number;
  strides: number;
  pad: 'same' | 'valid';
}

/** Overlapping and disjoint windows; channel counts around the four lanes of a vector. */
export const poolingCases: PoolingCase[] = [
  {input: [2, 6, 6, 3], size: 2, strides: 2, pad: 'valid'},
  {input: [2, 7, 9, 4], size: 3, strides: 2, pad: 'same'},
  {input: [1, 8, 8, 9], size: 3, strides: 1, pad: 'same'},
  {input: [3, 9, 7, 6], size: 2, strides: 3, pad: 'valid'},
];

/** dx of max pooling over values that are all below zero. */
export function negativePoolingGradient({input, size, strides, pad}: PoolingCase): tf.Tensor[] {
  const x = randomValues(4, input).sub(2);
  const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, size, strides, pad);
  return [tf.grad(pool)(x, randomValues(5, pool(x).shape))];
}

/** dx of max pooling where every value of a window is the same. */
export function tiedPoolingGradient(): tf.Tensor[] {
  const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
  return [tf.grad(pool)(tf.ones([1, 4, 4, 5]), tf.ones([1, 2, 2, 5]))];
}
