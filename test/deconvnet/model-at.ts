import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, deconvnet, modelAt, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, type Run} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const {layers} = tf;

/** A layer of the user's own; registered with tfjs only where a test says so. */
class Doubled extends tf.layers.Layer {
  static className = 'Doubled';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.mul(Array.isArray(inputs) ? inputs[0]! : inputs, 2));
  }
}

/** Weights that do not train, a nested model, and a layer that is called twice. */
function branched(): tf.LayersModel {
  const within = tf.input({shape: [8, 8, 2]});
  const conv = layers.conv2d({name: 'conv', filters: 2, kernelSize: 3, padding: 'same', activation: 'relu'});
  const nested = tf.model({inputs: within, outputs: conv.apply(within) as tf.SymbolicTensor, name: 'nested'});
  const input = tf.input({shape: [8, 8, 1]});
  const first = layers.conv2d({name: 'first', filters: 2, kernelSize: 3, padding: 'same', trainable: false});
  const normalized = layers
    .batchNormalization({name: 'normalized'})
    .apply(first.apply(input)) as tf.SymbolicTensor;
  const shared = layers.conv2d({name: 'shared', filters: 2, kernelSize: 1});
  const twice = shared.apply(shared.apply(nested.apply(normalized))) as tf.SymbolicTensor;
  const flat = layers.flatten({name: 'flat'}).apply(twice) as tf.SymbolicTensor;
  const output = layers
    .dense({name: 'dense', units: 3, activation: 'softmax'})
    .apply(flat) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: output});
  model.compile({optimizer: tf.train.sgd(0.5), loss: 'categoricalCrossentropy'});
  return model;
}

async function train(
  t: ExecutionContext,
  model: tf.LayersModel,
  options: Partial<CnnSlicerOptions> = {},
): Promise<{run: Run; dir: string}> {
  const dir = join(await temporaryFolder(t), 'mnist');
  const {xs, ys} = tinyTensors(tf, 12);
  const probe = tinyImages(6, 3, 9);
  const slicer = cnnSlicer(tf, dir, {
    probe,
    layers: ['dense'],
    strict: true,
    background: false,
    tensorboard: false,
    k: 2,
    ...options,
  });
  await model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer});
  await slicer.finished;
  tf.dispose([xs, ys]);
  return {run: await openRun(dir), dir};
}

test.before(async () => {
  await tf.setBackend('cpu');
});

for (const [title, build] of [
  ['a simple CNN', () => tinyCnn(tf)],
  ['a branched model', branched],
] as const) {
  test.serial(`gives back ${title} as it was at every epoch`, async t => {
    const trained = build();
    const {run} = await train(t, trained);
    const {inputs} = await run.probe();
    const xs = tf.tensor(inputs[0]?.values ?? [], [6, 8, 8, 1]);
    const outputs: number[][] = [];
    for (const epoch of [0, 1, 2]) {
      const before = tf.memory().numTensors;
      const model = await modelAt(tf, run, epoch);
      const predicted = tf.tidy(() => (model.predict(xs) as tf.Tensor).transpose().dataSync());
      const {maps} = await run.activations(epoch, 'dense');
      t.deepEqual(Array.from(predicted), Array.from(maps));
      outputs.push(Array.from(predicted));
      const weights = model.getWeights();
      model.dispose();
      tf.dispose(weights); // tfjs leaves those of a layer that is called twice
      t.is(tf.memory().numTensors, before);
    }
    t.notDeepEqual(outputs[0], outputs[1]);
    t.notDeepEqual(outputs[1], outputs[2]);
    const last = await modelAt(tf, run, 2);
    const layer = title === 'a simple CNN' ? 'pool' : 'nested';
    t.deepEqual(await deconvnet(tf, last, xs, {layer}), await deconvnet(tf, trained, xs, {layer}));
    xs.dispose();
  });
}

test.serial('says which epochs there are, and that weights were not captured', async t => {
  const {run} = await train(t, tinyCnn(tf), {weights: false});
  await t.throwsAsync(modelAt(tf, run, 7), {
    instanceOf: RangeError,
    message: 'mnist: epoch 7 is not finished or was not captured; finished epochs: 0, 1, 2.',
  });
  await t.throwsAsync(modelAt(tf, run, 1), {
    instanceOf: RangeError,
    message: 'mnist: epoch 1 holds no weights; capture with weights: true.',
  });
});

test.serial('says that a custom layer must be registered, and reads it when it is', async t => {
  const model = tf.sequential({
    layers: [
      new Doubled({inputShape: [8, 8, 1]}),
      layers.flatten(),
      layers.dense({name: 'dense', units: 3, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  const {run} = await train(t, model);
  await t.throwsAsync(modelAt(tf, run, 2), {
    message:
      'modelAt: cannot build the model of run mnist: it has a layer Doubled, which this tf does not know; ' +
      'register it with tf.serialization.registerClass(Doubled) before.',
  });
  tf.serialization.registerClass(Doubled);
  const rebuilt = await modelAt(tf, run, 2);
  t.deepEqual(rebuilt.getWeights()[0]?.dataSync(), model.getWeights()[0]?.dataSync());
});

test.serial('tells weights that do not fit the topology, and leaks nothing', async t => {
  const {run} = await train(t, tinyCnn(tf));
  const {topology} = run.info as {topology: {config: {layers: {config: {filters?: number}}[]}}};
  const other = structuredClone(topology);
  for (const {config} of other.config.layers) if (config.filters) config.filters = 5;
  const before = tf.memory().numTensors;
  await t.throwsAsync(modelAt(tf, Object.assign(run, {info: {...run.info, topology: other}}), 1), {
    message:
      'modelAt: mnist: epoch 1: the topology has a weight conv/kernel of shape [3, 3, 1, 5], stored is [3, 3, 1, 4].',
  });
  t.is(tf.memory().numTensors, before);
});

test.serial('the example of docs/deconvnet.md runs', async t => {
  const {dir} = await train(t, tinyCnn(tf));
  const text = await readFile('docs/deconvnet.md', 'utf8');
  const [code = '', ...rest] = [...text.matchAll(/^```js\n(.*?)^```/gms)].map(match => match[1]);
  t.is(rest.length, 0);
  const script = code.replace('runs/mnist', dir).replace('conv2d_2', 'conv');
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  t.regex(stdout, /^\[ 8, 8, 1 \] 256 \[ 6, 6 \] 144$/m);
});
