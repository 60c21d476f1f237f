import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {
  negativePoolingGradient,
  on,
  poolingCases,
  randomValues,
  relativeError,
  tiedPoolingGradient,
  worstError,
} from '../support/wasm-training.js';

interface FusedCase {
  transposeA: boolean;
  transposeB: boolean;
  batch: [number, number];
  bias: number[] | null;
  activation: 'linear' | 'relu' | 'sigmoid' | 'elu';
}

/** activation(a b + bias) with 200 summands, several blocks of the backend's loop. */
function fusedProduct({transposeA, transposeB, batch, bias, activation}: FusedCase): tf.Tensor[] {
  const a = randomValues(1, [batch[0], ...(transposeA ? [200, 5] : [5, 200])]);
  const b = randomValues(2, [batch[1], ...(transposeB ? [7, 200] : [200, 7])]);
  return [
    tf.fused.matMul({
      a,
      b,
      transposeA,
      transposeB,
      activation,
      ...(bias ? {bias: randomValues(3, bias)} : {}),
    }),
  ];
}

const fusedCases: FusedCase[] = [];
for (const transposeA of [false, true]) {
  for (const transposeB of [false, true]) {
    for (const batch of [
      [1, 1],
      [2, 2],
      [3, 1],
      [1, 3],
    ] as [number, number][]) {
      // prettier-ignore
      for (const bias of [null, [7], [1, 7]]) {
        for (const activation of ['linear', 'relu', 'sigmoid', 'elu'] as const) {
          fusedCases.push({transposeA, transposeB, batch, bias, activation});
        }
      }
    }
  }
}

/** Whether the wasm backend differs from the cpu backend by more than the tolerance, or refuses. */
async function wrong(compute: () => tf.Tensor[], tolerance = 1e-5): Promise<boolean> {
  const expected = await on('cpu', compute);
  try {
    return !(worstError(await on('wasm', compute), expected) < tolerance);
  } catch (error) {
    return error instanceof Error;
  }
}

/** Max pooling over volumes below zero, and its dx. */
function negativeVolumePooling(): tf.Tensor[] {
  const x = randomValues(4, [2, 4, 5, 6, 3]).sub(2);
  const pool = (x: tf.Tensor) => tf.maxPool3d(x as tf.Tensor5D, 2, 2, 'same');
  const y = pool(x);
  return [y, tf.grad(pool)(x, randomValues(5, y.shape))];
}

/** dx of convolutions over volumes: padded, strided, and neither. */
function volumeConvolution(): tf.Tensor[] {
  const x = randomValues(6, [2, 4, 5, 6, 2]) as tf.Tensor5D;
  const filter = randomValues(7, [2, 3, 2, 2, 3]) as tf.Tensor5D;
  return (['same', 'valid'] as const).flatMap(pad =>
    ([1, [2, 1, 2]] as const).map(strides => {
      const conv = (x: tf.Tensor) =>
        tf.conv3d(x as tf.Tensor5D, filter, strides as [number, number, number], pad);
      return tf.grad(conv)(x, randomValues(8, conv(x).shape));
    }),
  );
}

/** Images whose height the windows do not use up, while their width is padded. */
const unusedRows: tf.Tensor4D['shape'][] = [[2, 28, 28, 3], [1, 9, 8, 1], [3, 8, 11, 5]]; // prettier-ignore

/** Forward passes, plain and fused, of windows shorter than their stride on one axis. */
function shortWindows(): tf.Tensor[] {
  return unusedRows.flatMap(shape => {
    const x = randomValues(6, shape) as tf.Tensor4D;
    const filter = randomValues(7, [1, 3, shape[3], 4]) as tf.Tensor4D;
    const bias = randomValues(8, [4]);
    return [
      tf.conv2d(x, filter, [2, 1], 'same'),
      tf.fused.conv2d({x, filter, strides: [2, 1], pad: 'same', bias, activation: 'relu'}),
    ];
  });
}

/** The same of convolutions channel by channel. */
function shortDepthwiseWindows(): tf.Tensor[] {
  return unusedRows.flatMap(shape => {
    const x = randomValues(6, shape) as tf.Tensor4D;
    const filter = randomValues(7, [1, 3, shape[3], 2]) as tf.Tensor4D;
    const bias = randomValues(8, [2 * shape[3]]);
    return [
      tf.depthwiseConv2d(x, filter, [2, 1], 'same'),
      tf.fused.depthwiseConv2d({x, filter, strides: [2, 1], pad: 'same', bias, activation: 'relu'}),
    ];
  });
}

/** dFilter of convolutions over volumes with strides. */
function volumeFilterGradient(): tf.Tensor[] {
  const x = randomValues(6, [2, 4, 5, 6, 2]) as tf.Tensor5D;
  const filter = randomValues(7, [2, 3, 2, 2, 3]) as tf.Tensor5D;
  return (['same', 'valid'] as const).flatMap(pad =>
    ([2, [2, 1, 2], [1, 3, 1]] as const).map(strides => {
      const conv = (filter: tf.Tensor) => tf.conv3d(x, filter as tf.Tensor5D, strides as [number, number, number], pad); // prettier-ignore
      return tf.grad(conv)(filter, randomValues(8, conv(filter).shape));
    }),
  );
}

/** Batch normalization with the channels on axis 1; the cpu backend has it wrong, too. */
async function wrongOverAxis1(backend: 'cpu' | 'wasm'): Promise<boolean> {
  const shape: tf.Tensor4D['shape'] = [1, 3, 1, 1];
  const of = (seed: number) => randomValues(seed, shape) as tf.Tensor4D;
  const x = randomValues(1, [2, 3, 4, 5]) as tf.Tensor4D;
  const [mean, variance, offset, scale] = [of(2), of(3).abs().add<tf.Tensor4D>(0.5), of(4), of(5)];
  const [actual, expected] = await on(backend, () => [
    tf.batchNorm4d(x, mean, variance, offset, scale, 1e-3),
    x.sub(mean).mul(scale).div(variance.add(1e-3).sqrt()).add(offset),
  ]);
  return !(relativeError(actual!, expected!) < 1e-5);
}

/** 300,000 equal summands: a single float32 total loses 0.3% of them. */
const longSum = () => [tf.sum(tf.fill([300_000, 5], 0.1), 0)];

const negativePooling = () => negativePoolingGradient(poolingCases[0]!);
const singleTransposed: FusedCase = {transposeA: true, transposeB: false, batch: [1, 1], bias: [7], activation: 'linear'}; // prettier-ignore
const batched: FusedCase = {...singleTransposed, transposeA: false, batch: [2, 2]};

test.serial('the backend alone is wrong, so that what follows tests our kernels', async t => {
  t.true(await wrong(negativePooling));
  t.true(await wrong(tiedPoolingGradient));
  t.true(await wrong(negativeVolumePooling));
  t.true(await wrong(volumeConvolution));
  t.true(await wrong(volumeFilterGradient));
  t.true(await wrong(shortWindows));
  t.true(await wrong(shortDepthwiseWindows));
  t.true(await wrongOverAxis1('wasm'));
  t.true(await wrong(longSum, 1e-3));
  t.true(await wrong(() => fusedProduct(singleTransposed)));
  t.true(await wrong(() => fusedProduct(batched)));
  t.true(await wrong(() => fusedProduct({...batched, bias: null, activation: 'relu'})));
  await tf.setBackend('wasm');
  const x = tf.ones([2, 2]);
  const tanh = {a: x, b: x, activation: 'tanh'} as unknown as Parameters<typeof tf.fused.matMul>[0];
  t.throws(() => tf.fused.matMul(tanh), {message: /tanh activation not yet supported/});
});

test.serial('after the call it is right', async t => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  t.false(await wrong(negativePooling));
  t.false(await wrong(volumeConvolution));
  t.false(await wrong(tiedPoolingGradient));
  t.false(await wrong(negativeVolumePooling));
  t.false(await wrong(volumeFilterGradient));
  t.false(await wrong(shortWindows));
  t.false(await wrong(shortDepthwiseWindows));
  t.false(await wrongOverAxis1('wasm'));
  t.false(await wrong(longSum, 2e-5));
  for (const fused of fusedCases) t.false(await wrong(() => fusedProduct(fused)), JSON.stringify(fused));
});

test.serial('the fused product of the known case is exact: 200 ones and the bias, once', async t => {
  const [product] = await on('wasm', () => [
    tf.fused.matMul({
      a: tf.ones([200, 4]),
      b: tf.ones([200, 3]),
      transposeA: true,
      bias: tf.tensor1d([1, 2, 3]),
    }),
  ]);
  t.deepEqual([...(product as Float32Array).subarray(0, 3)], [201, 202, 203]);
});

test.serial('products with transpose flags equal those of the cpu backend', async t => {
  for (const {transposeA, transposeB, batch} of fusedCases) {
    const product = () => [
      tf.matMul(
        randomValues(1, [batch[0], ...(transposeA ? [60, 5] : [5, 60])]),
        randomValues(2, [batch[1], ...(transposeB ? [7, 60] : [60, 7])]),
        transposeA,
        transposeB,
      ),
    ];
    t.false(await wrong(product), JSON.stringify({transposeA, transposeB, batch}));
  }
});

test.serial(
  'activations that the backend cannot fuse are applied after the product or convolution',
  async t => {
    await tf.setBackend('wasm');
    type Fused = Parameters<typeof tf.fused.matMul>[0];
    type FusedConvolution = Parameters<typeof tf.fused.conv2d>[0];
    type FusedDepthwise = Parameters<typeof tf.fused.depthwiseConv2d>[0];
    for (const name of ['tanh', 'selu', 'softplus'] as const) {
      const fused = await on('wasm', () => [
        tf.fused.matMul({a: randomValues(1, [4, 9]), b: randomValues(2, [9, 3]), bias: randomValues(3, [3]), activation: name} as unknown as Fused), // prettier-ignore
        tf.fused.conv2d({x: randomValues(4, [2, 6, 6, 3]), filter: randomValues(5, [3, 3, 3, 4]), bias: randomValues(6, [4]), strides: 1, pad: 'same', activation: name} as unknown as FusedConvolution), // prettier-ignore
        tf.fused.depthwiseConv2d({x: randomValues(4, [2, 6, 6, 3]), filter: randomValues(5, [3, 3, 3, 1]), strides: 1, pad: 'same', activation: name} as unknown as FusedDepthwise), // prettier-ignore
      ]);
      const plain = await on('cpu', () => [
        tf[name](
          randomValues(1, [4, 9])
            .matMul(randomValues(2, [9, 3]))
            .add(randomValues(3, [3])),
        ),
        tf[name](tf.conv2d(randomValues(4, [2, 6, 6, 3]) as tf.Tensor4D, randomValues(5, [3, 3, 3, 4]) as tf.Tensor4D, 1, 'same').add(randomValues(6, [4]))), // prettier-ignore
        tf[name](tf.depthwiseConv2d(randomValues(4, [2, 6, 6, 3]) as tf.Tensor4D, randomValues(5, [3, 3, 3, 1]) as tf.Tensor4D, 1, 'same')), // prettier-ignore
      ]);
      fused.forEach((values, i) => t.true(relativeError(values, plain[i]!) < 1e-5, `${name} ${i}`));
    }
  },
);

test.serial('an activation that does not exist is refused by name, and nothing leaks', async t => {
  await tf.setBackend('wasm');
  const x = tf.ones([2, 2]);
  const held = tf.backend().numDataIds();
  const fused = {a: x, b: x, activation: 'cube'} as unknown as Parameters<typeof tf.fused.matMul>[0];
  t.throws(() => tf.tidy(() => tf.fused.matMul(fused)), {
    instanceOf: RangeError,
    message: /^wasm backend: activation must be one of linear, relu, .*tanh, got 'cube'\.$/,
  });
  t.is(tf.backend().numDataIds(), held);
});
