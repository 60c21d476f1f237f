import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {monitorEventLoopDelay, performance} from 'node:perf_hooks';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {mnist} from 'cnnslicer/datasets';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {loadNative, nativeInstalled} from '../test/support/native.js';
import {median} from './median.js';
import type {BenchResult} from './result.js';

/** The callback on the wasm backend: what it adds to an epoch, and how long it holds the event loop. */
export async function benchCapture({smoke}: {smoke: boolean}): Promise<BenchResult[]> {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  return inFolder(async folder => [
    ...(await overhead('wasm', {samples: 2000, blocks: smoke ? 1 : 4, epochs: smoke ? 1 : 3, folder})),
    await captureCpu('wasm', {epochs: smoke ? 1 : 10, folder}),
    await eventLoop(join(folder, 'event-loop')),
  ]);
}

/** The same on the native backend, whose epochs are short: the harder half of the promise. */
export async function benchNativeCapture({smoke}: {smoke: boolean}): Promise<BenchResult[]> {
  if (!nativeInstalled) {
    console.log('  skipped: the native backend is not installed; see docs/native.md');
    return [];
  }
  await loadNative();
  await tf.setBackend('tensorflow');
  const size = smoke ? {samples: 1000, blocks: 1, epochs: 1} : {samples: 10_000, blocks: 5, epochs: 3};
  return inFolder(async folder => [
    await captureCpu('native', {epochs: smoke ? 1 : 10, folder}),
    ...(await overhead('native', {...size, folder})),
  ]);
}

async function inFolder(work: (folder: string) => Promise<BenchResult[]>): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** The callback's options, but that the pictures of every epoch are left out, the confusion matrix apart. */
const withoutPictures = {tensorboard: {capacity: [], featureMaps: 0}};

interface OverheadSettings {
  /** Digits an epoch. */
  samples: number;
  blocks: number;
  /** Epochs of each block. */
  epochs: number;
  folder: string;
}

/**
 * Overhead of the callback, with default options and without pictures: MNIST, conv32-pool-conv64-pool-dense128. Blocks
 * of epochs with and without the callback take turns, so that a slow moment of the machine hits all.
 */
async function overhead(
  backend: string,
  {samples, blocks, epochs, folder}: OverheadSettings,
): Promise<BenchResult[]> {
  const {labels, xs} = await mnist.load('train', samples, {seed: 1});
  const data = {
    xs: tf.tensor4d(xs, [samples, 28, 28, 1]),
    ys: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat()),
  };
  const probe = await probeDigits();
  const model = paperModel();
  await epochSeconds(model, data, 1); // compiles and warms up
  const without: number[] = [];
  const settings = [
    {name: 'the callback', options: {}, seconds: [] as number[]},
    {name: 'the callback, no pictures', options: withoutPictures, seconds: [] as number[]},
  ];
  for (let block = 0; block < blocks; block++) {
    without.push(...(await epochSeconds(model, data, epochs)));
    for (const [i, {options, seconds}] of settings.entries()) {
      const slicer = cnnSlicer(tf, join(folder, `run-${block}-${i}`), {probe, strict: true, ...options});
      seconds.push(...(await epochSeconds(model, data, epochs, slicer)));
      await slicer.finished;
    }
  }
  tf.dispose([data.xs, data.ys]);
  model.dispose();
  const peer = median(without);
  return settings.map(({name, seconds}) => ({
    name: `epoch with ${name} (MNIST ${samples.toLocaleString('en')}, ${backend})`,
    unit: 's',
    value: median(seconds),
    peer: {name: 'the same epoch without', value: peer},
    ratio: peer / median(seconds),
    runs: seconds.length,
  }));
}

/** CPU time of a capture, the recorder's included: it tells little of the machine's other work. */
async function captureCpu(
  backend: string,
  {epochs, folder}: {epochs: number; folder: string},
): Promise<BenchResult> {
  const probe = await probeDigits();
  const begin = async (name: string, options: Partial<CnnSlicerOptions>) => {
    const slicer = cnnSlicer(tf, join(folder, name), {probe, strict: true, background: false, ...options});
    slicer.setModel(paperModel());
    slicer.setParams({epochs, initialEpoch: 0});
    await slicer.onTrainBegin();
    return {slicer, milliseconds: [] as number[]};
  };
  const all = await begin('cpu-all', {});
  const bare = await begin('cpu-no-pictures', withoutPictures);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const {slicer, milliseconds} of [all, bare]) {
      const start = process.cpuUsage();
      await slicer.onEpochEnd(epoch, {});
      const {user, system} = process.cpuUsage(start);
      milliseconds.push((user + system) / 1000);
    }
  }
  for (const {slicer} of [all, bare]) await slicer.onTrainEnd();
  const value = median(all.milliseconds);
  const peer = median(bare.milliseconds);
  return {
    name: `CPU time of a capture (${backend})`,
    unit: 'ms',
    value,
    peer: {name: 'the same, no pictures', value: peer},
    ratio: peer / value,
    runs: epochs,
  };
}

const probeDigits = () => mnist.load('test', 1000, {seed: 1});

/** The longest that a capture holds the event loop, against one forward pass of a probe batch through all captured layers. */
async function eventLoop(dir: string): Promise<BenchResult> {
  const model = paperModel();
  const probe = await probeDigits();
  const layers = model.layers.filter(layer => layer.getClassName() !== 'Flatten');
  const taps = tf.model({
    inputs: model.inputs,
    outputs: layers.map(layer => layer.output as tf.SymbolicTensor),
  });
  const batch = tf.tensor4d(probe.xs.subarray(0, 32 * 784), [32, 28, 28, 1]);
  const passes = await timed(20, async () => {
    const outputs = taps.predictOnBatch(batch) as tf.Tensor[];
    for (const output of outputs) await output.data();
    tf.dispose(outputs);
  });
  const slicer = cnnSlicer(tf, dir, {probe, strict: true});
  slicer.setModel(model);
  slicer.setParams({epochs: 20, initialEpoch: 0});
  await slicer.onTrainBegin();
  const delay = monitorEventLoopDelay({resolution: 1});
  delay.enable();
  for (let epoch = 0; epoch < 10; epoch++) await slicer.onEpochEnd(epoch, {});
  delay.disable();
  await slicer.onTrainEnd();
  await slicer.finished;
  tf.dispose(batch);
  const value = delay.percentile(99) / 1e6;
  const peer = Math.max(...passes) * 1000;
  return {
    name: 'event loop held during capture, p99',
    unit: 'ms',
    value,
    peer: {name: 'forward pass of one probe batch, slowest of 20', value: peer},
    ratio: peer / value,
    runs: 10,
  };
}

function paperModel(): tf.Sequential {
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
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

/** Seconds of each epoch of one fit, from the end of the epoch before to its own end, callbacks included. */
async function epochSeconds(
  model: tf.LayersModel,
  {xs, ys}: {xs: tf.Tensor; ys: tf.Tensor},
  epochs: number,
  callback?: tf.Callback,
): Promise<number[]> {
  const seconds: number[] = [];
  let last = 0;
  const stamp = () => {
    const now = performance.now();
    seconds.push((now - last) / 1000);
    last = now;
  };
  const clock = new tf.CustomCallback({
    onTrainBegin: () => void (last = performance.now()),
    onEpochEnd: stamp,
  });
  await model.fit(xs, ys, {
    epochs,
    batchSize: 32,
    verbose: 0,
    callbacks: callback ? [callback, clock] : [clock],
  });
  return seconds;
}

async function timed(runs: number, work: () => Promise<void>): Promise<number[]> {
  const seconds: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}
