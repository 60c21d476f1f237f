import {execFile} from 'node:child_process';
import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {BenchResult} from './result.js';

/** Trains a network in the manner of MobileNet, with or without the callback; prints peak memory and CPU time. */
const script = (size: number, samples: number) => `
  import * as tf from '@tensorflow/tfjs';
  import '@tensorflow/tfjs-backend-wasm';
  import {cnnSlicer} from 'cnnslicer';
  import {enableWasmTraining} from 'cnnslicer/wasm';
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  const {layers} = tf;
  const model = tf.sequential();
  const relu = () => [layers.batchNormalization(), layers.reLU({maxValue: 6})];
  const block = (filters, strides) => [
    layers.depthwiseConv2d({kernelSize: 3, strides, padding: 'same', useBias: false}), ...relu(),
    layers.conv2d({filters, kernelSize: 1, useBias: false}), ...relu()];
  const all = [
    layers.conv2d({inputShape: [${size}, ${size}, 3], filters: 8, kernelSize: 3, strides: 2, padding: 'same', useBias: false}), ...relu(),
    ...[[16, 1], [32, 2], [32, 1], [64, 2], [64, 1], [128, 2], ...Array(5).fill([128, 1]), [256, 2], [256, 1]]
      .flatMap(([filters, strides]) => block(filters, strides)),
    layers.globalAveragePooling2d({dataFormat: 'channelsLast'}), layers.dense({units: 4, activation: 'softmax'})];
  for (const layer of all) model.add(layer);
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  const xs = tf.randomUniform([8, ${size}, ${size}, 3]);
  const ys = tf.oneHot(tf.range(0, 8, 1, 'int32').mod(tf.scalar(4, 'int32')), 4).toFloat();
  const [, dir] = process.argv;
  const count = ${samples};
  const probe = () => ({
    xs: new Float32Array(count * ${size * size * 3}).map((_, i) => Math.sin(i * i)),
    labels: Int32Array.from({length: count}, (_, i) => i % 4),
  });
  const callbacks = dir ? [cnnSlicer(tf, dir, {probe: probe()})] : [];
  const held = dir ? null : probe(); // the samples are the script's own, with the callback or without
  const start = process.cpuUsage();
  await model.fit(xs, ys, {epochs: 1, batchSize: 4, verbose: 0, callbacks});
  const {user, system} = process.cpuUsage(start);
  console.log(JSON.stringify({peak: process.resourceUsage().maxRSS * 1024, cpu: (user + system) / 1e6, held: held?.labels.length}));
`;

interface Training {
  peak: number;
  cpu: number;
  warnings: string;
}

/** Cost of capturing large maps: 256 samples at 224 x 224, which are 3.9 GB of activations per epoch. */
export async function benchLargeCapture({smoke}: {smoke: boolean}): Promise<BenchResult[]> {
  const text = smoke ? script(64, 32) : script(224, 256);
  const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-bench-'));
  try {
    const dir = join(folder, 'run');
    const without = await train(text);
    const captured = await train(text, dir);
    console.log(captured.warnings.trim());
    const name = smoke ? '32 samples at 64 x 64' : '256 samples at 224 x 224';
    return [
      {
        name: `peak memory of a training with the callback (${name})`,
        unit: 'MB',
        value: captured.peak / 1e6,
        peer: {name: 'the same without', value: without.peak / 1e6},
        runs: 1,
        note: `${Math.round((captured.peak - without.peak) / 1e6)} MB above it`,
      },
      {name: `CPU time of two captures (${name})`, unit: 's', value: captured.cpu - without.cpu, runs: 1},
      {name: `disk of a run of two epochs (${name})`, unit: 'MB', value: (await bytesIn(dir)) / 1e6, runs: 1},
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function train(text: string, ...args: string[]): Promise<Training> {
  const child = ['--input-type=module', '-e', text, ...args];
  const {stdout, stderr} = await promisify(execFile)(process.execPath, child);
  const line = stdout.split('\n').find(part => part.startsWith('{"peak"'));
  return {...(JSON.parse(line as string) as Omit<Training, 'warnings'>), warnings: stderr};
}

async function bytesIn(dir: string): Promise<number> {
  const names = await readdir(dir, {recursive: true});
  const stats = await Promise.all(names.map(name => stat(join(dir, name))));
  return stats.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}
