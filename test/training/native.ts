import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, deconvnet, modelAt} from 'cnnslicer';
import {mnist} from 'cnnslicer/datasets';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {openRun, type Run} from 'cnnslicer/store';
import type {TableName} from '#src/shared/index.js';
import {digitModel} from '#src/cli/demo/digit-model.js';
import {maxDifference} from '../support/difference.js';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {nativeTest} from '../support/native-test.js';
import {loadNative} from '../support/native.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {relativeError} from '../support/wasm-training.js';

const EPOCHS = 2;

test.before(async () => {
  await loadNative();
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
});

async function trainedOnNative(t: ExecutionContext): Promise<{run: Run; model: tf.Sequential}> {
  await tf.setBackend('tensorflow');
  const {xs, labels} = await mnist.load('train', 500, {seed: 1});
  const images = tf.tensor4d(xs, [labels.length, 28, 28, 1]);
  const classes = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat());
  const model = digitModel(tf, 1);
  const dir = join(await temporaryFolder(t), 'native');
  const probe = await mnist.load('test', 200, {seed: 1});
  const slicer = cnnSlicer(tf, dir, {probe, strict: true});
  await model.fit(images, classes, {epochs: EPOCHS, shuffle: false, verbose: 0, callbacks: slicer});
  await slicer.finished;
  tf.dispose([images, classes]);
  return {run: await openRun(dir), model};
}

/** What the wasm backend captures at t = 0 of a fit that starts with the weights of an epoch of the native run. */
async function capturedOnWasm(t: ExecutionContext, native: Run, epoch: number): Promise<Run> {
  await tf.setBackend('wasm');
  const model = await modelAt(tf, native, epoch);
  const dir = join(await temporaryFolder(t), 'wasm');
  const slicer = cnnSlicer(tf, dir, {probe: await mnist.load('test', 200, {seed: 1}), strict: true});
  slicer.setModel(model);
  slicer.setParams({epochs: 1, initialEpoch: 0});
  await slicer.onTrainBegin();
  await slicer.onTrainEnd();
  await slicer.finished;
  model.dispose();
  return openRun(dir);
}

/**
 * The backends sum float32 in another order, so activations differ in their last bits; everything else follows from it.
 * Largest difference of any number in a table, in its own unit.
 */
const TOLERANCES = {
  /** Argmax of the same probabilities. */
  confusion: 0,
  class_entropy: 0,
  predictions: 1e-5,
  /** Distances carry the last bits on; nothing here is counted. */
  layer_entropy: 1e-4,
  /** One value that rounds over the edge of its bin: 0.2 bits of a 5 x 5 map at most, among the 20 samples of a class. */
  channel_entropy: 0.01,
} satisfies Partial<Record<TableName, number>>;
/** Of a layer's activations, in units of its largest. */
const ACTIVATION_TOLERANCE = 1e-5;

/** Largest difference of each number over two lists of rows; Infinity where one is undefined or the other text differs. */
function differences(actual: readonly object[], expected: readonly object[]): Record<string, number> {
  const columns = Object.keys(expected[0] ?? {}).filter(column => column !== 'epoch');
  const values = (rows: readonly object[], column: string) =>
    rows.map(row => (row as Record<string, unknown>)[column]);
  return Object.fromEntries(
    columns.map(column => {
      const [ours, theirs] = [values(actual, column), values(expected, column)];
      const isNumber = theirs.some(value => typeof value === 'number');
      const numbers = (list: unknown[]) => list.map(value => (value === null ? NaN : Number(value)));
      const same = isDeepStrictEqual(ours, theirs);
      return [column, isNumber ? maxDifference(numbers(ours), numbers(theirs)) : same ? 0 : Infinity];
    }),
  );
}

nativeTest(
  'under the same weights the native run holds what the wasm run holds, untrained and trained',
  async t => {
    const {run: native} = await trainedOnNative(t);
    t.is(native.info.backend, 'tensorflow');
    for (const epoch of [0, EPOCHS]) {
      const wasm = await capturedOnWasm(t, native, epoch);
      t.is(wasm.info.backend, 'wasm');
      t.deepEqual(wasm.info.layers, native.info.layers);
      for (const {name} of native.info.layers.slice(1)) {
        const [actual, expected] = [await native.activations(epoch, name), await wasm.activations(0, name)];
        const error = relativeError(actual.maps, expected.maps);
        t.true(error < ACTIVATION_TOLERANCE, `epoch ${epoch}: ${name} differs by ${error}`);
      }
      for (const [table, tolerance] of Object.entries(TOLERANCES) as [TableName, number][]) {
        const [actual, expected] = [await native.table(table, {epochs: [epoch]}), await wasm.table(table)];
        t.true(actual.length > 0, table);
        for (const [column, difference] of Object.entries(differences(actual, expected))) {
          t.true(difference <= tolerance, `epoch ${epoch}: ${table}.${column} differs by ${difference}`);
        }
      }
    }
  },
);

nativeTest('stored activations equal what the layer itself predicts on native, bit for bit', async t => {
  const {run, model} = await trainedOnNative(t);
  const {labels, inputs} = await run.probe();
  const xs = tf.tensor4d(inputs[0]!.values, [labels.length, 28, 28, 1]);
  for (const name of ['conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2']) {
    const part = tf.model({inputs: model.inputs, outputs: model.getLayer(name).output});
    const expected = tf.tidy(() =>
      (part.predict(xs, {batchSize: 32}) as tf.Tensor4D).transpose([3, 0, 1, 2]).dataSync(),
    );
    t.is(maxDifference((await run.activations(EPOCHS, name)).maps, expected), 0, name);
  }
  tf.dispose(xs);
});

nativeTest('a fit with the callback leaves as many tensors on native as one without', async t => {
  const held = async (work: () => Promise<unknown>) => {
    await work(); // makes what stays for good: the optimizer's slots
    const before = tf.memory();
    await work();
    const after = tf.memory();
    return [after.numTensors - before.numTensors, after.numDataBuffers - before.numDataBuffers];
  };
  await tf.setBackend('tensorflow');
  const model = tinyCnn(tf);
  const {xs, ys} = tinyTensors(tf, 24);
  const dir = join(await temporaryFolder(t), 'run');
  const fit = async (callbacks: tf.Callback[]) => model.fit(xs, ys, {epochs: 3, verbose: 0, callbacks});
  const without = await held(() => fit([]));
  const withCallback = await held(async () => {
    const slicer = cnnSlicer(tf, dir, {probe: tinyImages(30), strict: true});
    await fit([slicer]);
    await slicer.finished;
  });
  t.deepEqual(withCallback, without);
  tf.dispose([xs, ys]);
});

nativeTest('deconvnet projects on native what it projects on wasm', async t => {
  const {run} = await trainedOnNative(t);
  const {labels, inputs} = await run.probe();
  const projected: Record<string, Float32Array> = {};
  for (const backend of ['tensorflow', 'wasm']) {
    await tf.setBackend(backend);
    const model = await modelAt(tf, run, EPOCHS);
    const xs = tf.tensor4d(inputs[0]!.values, [labels.length, 28, 28, 1]).slice([0, 0, 0, 0], [8, 28, 28, 1]);
    const {inputs: images} = await deconvnet(tf, model, xs, {layer: 'conv2d_2', channels: [0, 5]});
    projected[backend] = images[0]!.values;
    model.dispose();
  }
  t.true(relativeError(projected['tensorflow']!, projected['wasm']!) < ACTIVATION_TOLERANCE);
});
