import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {
  convolutionCases,
  convolutionGradients,
  negativePoolingGradient,
  on,
  poolingCases,
  randomValues,
  tiedPoolingGradient,
  worstError,
} from '../support/wasm-training.js';
import {closeTo} from '../support/close-to.js';

const tolerance = 1e-5;

test.before(async t => {
  await tf.setBackend('wasm');
  const {webAssembly} = await enableWasmTraining(tf);
  t.true(webAssembly);
});

test.serial(
  'convolution gradients equal those of the cpu backend for every stride, padding and channel count',
  async t => {
    for (const convolution of convolutionCases()) {
      const gradients = () => convolutionGradients(convolution);
      const error = worstError(await on('wasm', gradients), await on('cpu', gradients));
      t.true(error < tolerance, `${JSON.stringify(convolution)}: relative error ${error}`);
    }
  },
);

test.serial('max pooling sends its gradient to the first maximum, below zero too', async t => {
  for (const pooling of poolingCases) {
    const gradient = () => negativePoolingGradient(pooling);
    t.true(worstError(await on('wasm', gradient), await on('cpu', gradient)) < 1e-6, JSON.stringify(pooling));
  }
  t.deepEqual(await on('wasm', tiedPoolingGradient), await on('cpu', tiedPoolingGradient));
});

/** dx and dFilter of a depthwise convolution; through the kernels, for tf.grads refuses a dilation. */
function depthwiseGradients({x, filter, dy, ...attrs}: Depthwise): [tf.Tensor, tf.Tensor] {
  const run = (name: string, inputs: object, more: object) =>
    tf.engine().runKernel<tf.Tensor>(name, inputs as tf.NamedTensorMap, {...attrs, ...more});
  return [
    run('DepthwiseConv2dNativeBackpropInput', {dy, filter}, {inputShape: x.shape}),
    run('DepthwiseConv2dNativeBackpropFilter', {x, dy}, {filterShape: filter.shape}),
  ];
}

interface Depthwise {
  x: tf.Tensor4D;
  filter: tf.Tensor4D;
  dy: tf.Tensor;
  strides: number;
  dilations: number;
  pad: 'same' | 'valid';
}

/** A random depthwise convolution of 5 channels and its dy. */
function depthwise(multiplier: number, attrs: Pick<Depthwise, 'strides' | 'dilations' | 'pad'>): Depthwise {
  const x = randomValues(1, [2, 10, 9, 5]) as tf.Tensor4D;
  const filter = randomValues(2, [3, 3, 5, multiplier]) as tf.Tensor4D;
  const y = tf.depthwiseConv2d(x, filter, attrs.strides, attrs.pad, 'NHWC', attrs.dilations);
  return {x, filter, dy: randomValues(3, y.shape), ...attrs};
}

test.serial(
  'depthwise gradients equal those of the cpu backend, with several filters a channel too',
  async t => {
    for (const strides of [1, 2]) {
      for (const pad of ['same', 'valid'] as const) {
        for (const multiplier of [1, 3]) {
          const gradients = () => depthwiseGradients(depthwise(multiplier, {strides, dilations: 1, pad}));
          const error = worstError(await on('wasm', gradients), await on('cpu', gradients));
          t.true(error < tolerance, `stride ${strides} ${pad} x${multiplier}: relative error ${error}`);
        }
      }
    }
  },
);

// The cpu backend ignores the dilation here, so the reference is the definition: with y = f(x, filter) linear in each,
// <dy, f(x, v)> = <dFilter, v> and <dy, f(u, filter)> = <dx, u> for every v and u.
test.serial('dilated depthwise gradients are the adjoints of the forward convolution', async t => {
  for (const dilations of [2, 3]) {
    for (const pad of ['same', 'valid'] as const) {
      const [sides] = await on('wasm', () => {
        const example = depthwise(2, {strides: 1, dilations, pad});
        const {x, filter, dy} = example;
        const [dx, dFilter] = depthwiseGradients(example);
        const u = randomValues(7, x.shape) as tf.Tensor4D;
        const v = randomValues(8, filter.shape) as tf.Tensor4D;
        const forward = (a: tf.Tensor4D, b: tf.Tensor4D) =>
          tf.depthwiseConv2d(a, b, 1, pad, 'NHWC', dilations).mul(dy).sum();
        return [tf.stack([forward(u, filter), dx.mul(u).sum(), forward(x, v), dFilter.mul(v).sum()])];
      });
      const [dyInput, dxInput, dyFilter, dFilter] = sides as unknown as [number, number, number, number];
      closeTo(t, dyInput, dxInput, 1e-4 * Math.abs(dyInput), `${dyInput} ${dxInput}`);
      closeTo(t, dyFilter, dFilter, 1e-4 * Math.abs(dyFilter), `${dyFilter} ${dFilter}`);
    }
  }
});

test.serial('sums over any axes equal those of the cpu backend', async t => {
  for (const [shape, axes] of [
    [
      [3, 5, 6, 18],
      [0, 1, 2],
    ],
    [[600, 33], [0]],
    [
      [7, 4, 5],
      [1, 0],
    ],
    [
      [7, 4, 5],
      [0, 2],
    ],
    [
      [7, 4],
      [0, 1],
    ],
    [[0, 4], [0]],
  ] as const) {
    for (const keepDims of [false, true]) {
      const sums = () => [tf.sum(randomValues(1, [...shape]), [...axes], keepDims)];
      t.true(
        worstError(await on('wasm', sums), await on('cpu', sums)) < tolerance,
        JSON.stringify({shape, axes}),
      );
    }
  }
});

test.serial('segment sums leave out ids beyond the table and keep integers integers', async t => {
  await tf.setBackend('wasm');
  const sums = tf.tidy(() => tf.unsortedSegmentSum(tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]], [4, 2], 'int32'), tf.tensor1d([2, 0, 9, 2], 'int32'), 4)); // prettier-ignore
  t.is(sums.dtype, 'int32');
  t.deepEqual(await sums.array(), [[3, 4], [0, 0], [8, 10], [0, 0]]); // prettier-ignore
  sums.dispose();
});

test.serial('inputs stay readable and nothing is left behind', async t => {
  await tf.setBackend('wasm');
  const x = randomValues(1, [2, 8, 8, 3]) as tf.Tensor4D;
  const filter = randomValues(2, [3, 3, 3, 4]) as tf.Tensor4D;
  const dy = randomValues(3, [2, 4, 4, 4]);
  const before = [x, filter, dy].map(tensor => Float32Array.from(tensor.dataSync()));
  const held = {tensors: tf.memory().numTensors, data: tf.backend().numDataIds()};
  for (let step = 0; step < 20; step++) {
    tf.dispose(tf.grads(((x: tf.Tensor4D, f: tf.Tensor4D) => tf.maxPool(tf.conv2d(x, f, 1, 'same'), 2, 2, 'same')) as (...args: tf.Tensor[]) => tf.Tensor)([x, filter], dy)); // prettier-ignore
  }
  t.deepEqual({tensors: tf.memory().numTensors, data: tf.backend().numDataIds()}, held);
  t.deepEqual(
    [x, filter, dy].map(tensor => Float32Array.from(tensor.dataSync())),
    before,
  );
  tf.dispose([x, filter, dy]);
});

test.serial('NCHW gradients are refused with a clear line', async t => {
  await tf.setBackend('wasm');
  const attrs = {strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [3, 3, 1, 1]};
  t.throws(
    () =>
      tf
        .engine()
        .runKernel<tf.Tensor>(
          'Conv2DBackpropFilter',
          {x: tf.ones([1, 1, 4, 4]), dy: tf.ones([1, 1, 2, 2])},
          attrs,
        ),
    {message: "wasm backend: convolution gradients need dataFormat 'NHWC', got 'NCHW'."},
  );
});
