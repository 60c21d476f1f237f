import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {randomValues} from '../support/wasm-training.js';

interface Task {
  loss:
    | 'categoricalCrossentropy'
    | 'sparseCategoricalCrossentropy'
    | 'binaryCrossentropy'
    | 'meanSquaredError';
  name: string;
  optimizer: () => tf.Optimizer;
}

const tasks: Task[] = [
  {loss: 'categoricalCrossentropy', name: 'adam', optimizer: () => tf.train.adam(0.01)},
  {loss: 'sparseCategoricalCrossentropy', name: 'sgd', optimizer: () => tf.train.sgd(0.05)},
  {loss: 'binaryCrossentropy', name: 'rmsprop', optimizer: () => tf.train.rmsprop(0.01)},
  {loss: 'meanSquaredError', name: 'momentum', optimizer: () => tf.train.momentum(0.05, 0.9)},
  {loss: 'categoricalCrossentropy', name: 'adagrad', optimizer: () => tf.train.adagrad(0.05)},
  {loss: 'categoricalCrossentropy', name: 'adamax', optimizer: () => tf.train.adamax(0.01)},
  {loss: 'categoricalCrossentropy', name: 'adadelta', optimizer: () => tf.train.adadelta(0.5)},
];

const samples = 24;
const classes = 3;

function smallNetwork({loss, optimizer}: Task): tf.Sequential {
  const {layers, sequential} = tf;
  const init = (seed: number) => tf.initializers.glorotUniform({seed});
  const model = sequential({
    layers: [
      layers.conv2d({inputShape: [10, 10, 2], filters: 6, kernelSize: 3, activation: 'relu', kernelInitializer: init(1)}), // prettier-ignore
      layers.batchNormalization(),
      layers.maxPooling2d({poolSize: 2}),
      layers.separableConv2d({filters: 5, kernelSize: 3, depthwiseInitializer: init(2), pointwiseInitializer: init(3)}), // prettier-ignore
      layers.flatten(),
      layers.dense({
        units: classes,
        activation: loss === 'binaryCrossentropy' ? 'sigmoid' : 'softmax',
        kernelInitializer: init(4),
      }),
    ],
  });
  model.compile({optimizer: optimizer(), loss, metrics: ['accuracy']});
  return model;
}

/** Per-epoch history of a real fit with validation; checks on the way that training leaves nothing behind. */
async function history(backend: 'cpu' | 'wasm', task: Task): Promise<Record<string, number[]>> {
  await tf.setBackend(backend);
  const xs = randomValues(1, [samples, 10, 10, 2]);
  const labels = tf.tidy(() => tf.range(0, samples, 1, 'int32').mod(tf.scalar(classes, 'int32')));
  const ys = tf.tidy(() =>
    task.loss === 'sparseCategoricalCrossentropy'
      ? labels.toFloat().expandDims(1)
      : tf.oneHot(labels.toInt(), classes).toFloat(),
  );
  const model = smallNetwork(task);
  const options = {batchSize: 8, shuffle: false, verbose: 0, validationData: [xs, ys] as [tf.Tensor, tf.Tensor]} as const; // prettier-ignore
  await model.fit(xs, ys, {...options, epochs: 1}); // makes the optimizer's slots
  const held = {tensors: tf.memory().numTensors, data: tf.backend().numDataIds()};
  const {history} = await model.fit(xs, ys, {...options, epochs: 4});
  const now = {tensors: tf.memory().numTensors, data: tf.backend().numDataIds()};
  if (now.tensors !== held.tensors || now.data !== held.data) {
    throw new Error(`left behind: ${JSON.stringify({held, now})}`);
  }
  tf.dispose([xs, ys, labels]);
  model.dispose();
  return history as Record<string, number[]>;
}

test.before(async () => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
});

for (const task of tasks) {
  test.serial(
    `a fit with ${task.loss} and ${task.name} follows the cpu backend and leaks nothing`,
    async t => {
      const expected = await history('cpu', task);
      const actual = await history('wasm', task);
      t.deepEqual(Object.keys(actual), Object.keys(expected));
      for (const [name, values] of Object.entries(expected)) {
        values.forEach((value, epoch) => {
          const difference = Math.abs((actual[name] as number[])[epoch]! - value);
          t.true(
            difference <= 2e-3 * Math.max(1, Math.abs(value)),
            `${name} after ${epoch + 1}: ${difference}`,
          );
        });
      }
      t.true(expected['loss']!.at(-1)! < expected['loss']![0]!);
    },
  );
}
