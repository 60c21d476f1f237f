/**
 * The viewer's larger run: 12 convolutions of 64, 96 and 128 channels, 60 epochs. Everything in it is real: MNIST
 * digits, a network that trains and learns them, activations and measures as the callback takes them. What is small is
 * what the viewer's load does not depend on: 300 digits to train on, 100 to probe with, the maps of 20 of them stored.
 */
import {existsSync} from 'node:fs';
import {mkdir, rename, rm, rmdir} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {mnist} from 'cnnslicer/datasets';

export interface LargeRunOptions {
  /** Default 60. */
  epochs?: number;
  /** Channels of the three stages of four convolutions; default 64, 96 and 128. */
  channels?: readonly [number, number, number];
}

const TRAINING_DIGITS = 300;
const PROBE_DIGITS = 100;
const STORED_SAMPLES = 20;

/** Makes the run in `dir` where it is not there yet: some five minutes and 200 MB. */
export async function largeRun(dir: string, {epochs = 60, channels}: LargeRunOptions = {}): Promise<void> {
  if (existsSync(dir)) return;
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  const [train, probe] = [
    await mnist.load('train', TRAINING_DIGITS, {seed: 1}),
    await mnist.load('test', PROBE_DIGITS, {seed: 1}),
  ];
  const xs = tf.tensor4d(train.xs, [TRAINING_DIGITS, 28, 28, 1]);
  const ys = tf.tidy(() => tf.oneHot(tf.tensor1d(train.labels, 'int32'), 10).toFloat());
  const model = deepModel(channels);
  // A run that was cut short must not pass for the whole one.
  const unfinished = join(`${dirname(dir)}-unfinished`, basename(dir));
  await rm(dirname(unfinished), {recursive: true, force: true});
  const slicer = cnnSlicer(tf, unfinished, {
    probe,
    layers: /^(conv2d|dense)/,
    samples: PROBE_DIGITS,
    dtype: 'float16',
    activations: {samples: STORED_SAMPLES},
    weights: false,
    tensorboard: false,
    strict: true,
  });
  await model.fit(xs, ys, {epochs, batchSize: 25, shuffle: false, verbose: 0, callbacks: slicer});
  await slicer.finished;
  tf.dispose([xs, ys]);
  model.dispose();
  await mkdir(dirname(dir), {recursive: true});
  await rename(unfinished, dir);
  await rmdir(dirname(unfinished));
}

/** Three stages of four convolutions; the first of each halves the sides of the maps. */
function deepModel(channels: readonly [number, number, number] = [64, 96, 128]): tf.Sequential {
  const {layers} = tf;
  const model = tf.sequential({name: 'deep'});
  for (let i = 0; i < 12; i++) {
    model.add(
      layers.conv2d({
        name: `conv2d_${i + 1}`,
        ...(i === 0 && {inputShape: [28, 28, 1]}),
        filters: channels[Math.floor(i / 4)] as number,
        kernelSize: 3,
        strides: i % 4 === 0 ? 2 : 1,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: tf.initializers.heNormal({seed: i}),
      }),
    );
  }
  model.add(layers.globalAveragePooling2d({name: 'pooling'}));
  model.add(
    layers.dense({
      name: 'dense_1',
      units: 10,
      activation: 'softmax',
      kernelInitializer: tf.initializers.glorotUniform({seed: 12}),
    }),
  );
  model.compile({
    optimizer: tf.train.adam(0.0005),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}
