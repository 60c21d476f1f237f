import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {median} from './median.js';
import type {BenchResult} from './result.js';

const batchSize = 64;

/**
 * Seconds that 1000 MNIST-shaped samples take an epoch (conv32 - pool - conv64 - pool - dense128, Adam, batch 64):
 * our kernels compared with the backend's own, the missing one composed from slices and matrix products.
 * Both train in turns, in this process; `smoke` makes it a check that it runs.
 */
export async function benchWasmTraining({smoke = false} = {}): Promise<BenchResult[]> {
  const samples = smoke ? batchSize : 8 * batchSize;
  const runs = smoke ? 1 : 3;
  await tf.setBackend('wasm');
  const native = new Map(tf.getKernelsForBackend('wasm').map(config => [config.kernelName, config]));
  const {kernels} = await enableWasmTraining(tf);
  const names = kernels.map(({name}) => name);
  const ours = names.map(name => tf.getKernel(name, 'wasm'));
  const naive = names.flatMap(name => native.get(name) ?? []);
  naive.push({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: slicesAndProducts(native),
  });

  const xs = tf.randomUniform([samples, 28, 28, 1], 0, 1, 'float32', 1);
  const ys = tf.tidy(() => tf.oneHot(tf.range(0, samples, 1, 'int32').mod(tf.scalar(10, 'int32')).toInt(), 10).toFloat()); // prettier-ignore
  const seconds = async (configs: tf.KernelConfig[], model: tf.LayersModel) => {
    use(configs);
    const start = performance.now();
    await model.fit(xs, ys, {epochs: 1, batchSize, verbose: 0});
    return (performance.now() - start) / samples; // ms a sample are seconds a thousand
  };
  const sides = [
    {configs: ours, model: network(), times: [] as number[]},
    {configs: naive, model: network(), times: [] as number[]},
  ] as const;
  for (let run = -1; run < runs; run++) {
    for (const {configs, model, times} of sides) {
      const time = await seconds(configs, model);
      if (run >= 0) times.push(time); // the first run warms up
    }
  }
  use(ours);
  for (const {model} of sides) model.dispose();
  tf.dispose([xs, ys]);

  const [value, peer] = sides.map(({times}) => median(times)) as [number, number];
  return [
    {
      name: `train on wasm, 1000 samples, batch ${batchSize}`,
      unit: 's',
      value,
      peer: {name: 'slices + matMul', value: peer},
      ratio: peer / value,
      runs,
    },
  ];
}

function network(): tf.LayersModel {
  const {layers} = tf;
  const model = tf.sequential({
    layers: [
      layers.conv2d({inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.conv2d({filters: 64, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 128, activation: 'relu'}),
      layers.dense({units: 10, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: tf.train.adam(), loss: 'categoricalCrossentropy'});
  return model;
}

/** Replaces the kernels of the given names; all others stay. */
function use(configs: tf.KernelConfig[]): void {
  for (const config of configs) {
    tf.unregisterKernel(config.kernelName, 'wasm');
    tf.registerKernel(config);
  }
}

/**
 * The filter's gradient as most people write it: for every position of the filter, the part of the image that it
 * meets, times dy.
 */
function slicesAndProducts(native: Map<string, tf.KernelConfig>): tf.KernelFunc {
  return ({inputs, attrs, backend}) => {
    const made: tf.TensorInfo[] = [];
    const run = (name: string, inputs: object, attrs: object) => {
      const kernel = native.get(name) as tf.KernelConfig;
      const result = kernel.kernelFunc({
        inputs,
        attrs,
        backend,
      } as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
      made.push(result);
      return result;
    };
    const {strides, pad, dimRoundingMode, filterShape} = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const shape = (inputs['x'] as tf.TensorInfo).shape as [number, number, number, number];
    const {padInfo, outHeight, outWidth, outChannels, filterHeight, filterWidth, inChannels, batchSize} =
      tf.backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode);
    const {top, bottom, left, right} = padInfo;
    const paddings = [[0, 0], [top, bottom], [left, right], [0, 0]]; // prettier-ignore
    const padded = run('PadV2', {x: inputs['x']}, {paddings, constantValue: 0});
    const pixels = batchSize * outHeight * outWidth;
    const dy = run('Reshape', {x: inputs['dy']}, {shape: [pixels, outChannels]});
    const products: tf.TensorInfo[] = [];
    for (let h = 0; h < filterHeight; h++) {
      for (let w = 0; w < filterWidth; w++) {
        const size = [batchSize, outHeight, outWidth, inChannels];
        const seen = run('Slice', {x: padded}, {begin: [0, h, w, 0], size});
        const a = run('Reshape', {x: seen}, {shape: [pixels, inChannels]});
        products.push(run('BatchMatMul', {a, b: dy}, {transposeA: true, transposeB: false}));
      }
    }
    const stacked = run('Pack', products, {axis: 0});
    const result = run('Reshape', {x: stacked}, {shape: filterShape});
    for (const info of made) if (info !== result) (backend as tf.KernelBackend).disposeData(info.dataId);
    return result;
  };
}
