import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, type Run} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const probe = tinyImages(30);
const options = (more: Partial<CnnSlicerOptions> = {}): CnnSlicerOptions => ({probe, samples: 12, ...more});

/** Trains the tiny CNN with the callback and opens what it wrote. */
async function trained(
  t: ExecutionContext,
  more: Partial<CnnSlicerOptions> = {},
  fit: tf.ModelFitArgs = {},
): Promise<{run: Run; model: tf.Sequential}> {
  const dir = join(await temporaryFolder(t), 'run');
  const model = tinyCnn(tf);
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, dir, options({strict: true, ...more}));
  await model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer, ...fit});
  await slicer.finished;
  tf.dispose([xs, ys]);
  return {run: await openRun(dir), model};
}

test.serial('captures the untrained model, every epoch, and the finished run', async t => {
  const {run} = await trained(t);
  t.deepEqual(await run.epochs(), [0, 1, 2]);
  t.is(run.info.status, 'finished');
  t.deepEqual(
    run.info.layers.map(({index, name, spatial, channels}) => ({index, name, spatial, channels})),
    [
      {index: 0, name: 'conv_input', spatial: [8, 8], channels: 1},
      {index: 1, name: 'conv', spatial: [6, 6], channels: 4},
      {index: 2, name: 'pool', spatial: [3, 3], channels: 4},
      {index: 3, name: 'dense', spatial: [], channels: 3},
    ],
  );
  const output = {
    name: 'dense',
    chosenBy: 'shape',
    why: 'it has a unit for each of the 3 classes of the labels',
  } as const;
  t.deepEqual(run.info.probe, {samples: 12, perClass: [4, 4, 4], output});
  const names = (await run.table('logs')).map(({epoch, name}) => `${epoch} ${name}`).sort();
  t.deepEqual(names, ['1 acc', '1 loss', '2 acc', '2 loss']);
});

test.serial('stored activations equal what the layer itself predicts, bit for bit', async t => {
  const {run, model} = await trained(t);
  const {labels, inputs} = await run.probe();
  const xs = tf.tensor4d(inputs[0]!.values, [labels.length, 8, 8, 1]);
  for (const name of ['conv', 'pool']) {
    const layer = model.getLayer(name);
    const part = tf.model({inputs: model.inputs, outputs: layer.output});
    const expected = tf.tidy(() =>
      (part.predict(xs, {batchSize: 32}) as tf.Tensor4D).transpose([3, 0, 1, 2]).dataSync(),
    );
    const {maps, samples, pixels} = await run.activations(2, name);
    t.is(samples * pixels * 4, expected.length);
    t.deepEqual(Array.from(maps), Array.from(expected), name);
  }
  tf.dispose(xs);
});

test.serial('the confusion matrix counts the evaluation set, class entropies follow from it', async t => {
  const evaluation = tinyImages(21);
  const {run, model} = await trained(t, {evaluation});
  const rows = await run.table('confusion', {epochs: [2]});
  t.is(
    rows.reduce((sum, {count}) => sum + count, 0),
    21,
  );
  const predicted = tf.tidy(() =>
    (model.predict(tf.tensor4d(evaluation.xs, [21, 8, 8, 1])) as tf.Tensor).argMax(1).dataSync(),
  );
  for (const {label, predicted: column, count} of rows) {
    t.is(count, evaluation.labels.filter((truth, i) => truth === label && predicted[i] === column).length);
  }
  for (const row of await run.table('class_entropy')) {
    const column = (await run.table('confusion', {epochs: [row.epoch]})).filter(
      ({predicted: p}) => p === row.class,
    );
    if (column.every(({count}) => count === 0))
      t.deepEqual([row.label_given_pred, row.reason], [null, 'never-predicted']);
    else t.is(typeof row.label_given_pred, 'number');
  }
});

test.serial(
  'every layer has its entropies, for all samples and for each class; a dense unit says why it has none',
  async t => {
    const {run} = await trained(t);
    const channels = await run.table('channel_entropy', {epochs: [1]});
    t.is(channels.length, (1 + 4 + 4 + 3) * 4);
    t.true(
      channels
        .filter(({layer}) => layer === 'conv')
        .every(({mean, reason}) => mean !== null && reason === null),
    );
    t.true(
      channels
        .filter(({layer}) => layer === 'dense')
        .every(({mean, reason}) => mean === null && reason === 'single-value'),
    );
    const layers = await run.table('layer_entropy', {epochs: [1]});
    t.is(layers.length, 4 * 4);
    const conv = layers.find(({layer, class: label}) => layer === 'conv' && label === null)!;
    t.deepEqual([conv.n, conv.k, conv.reason], [12, 11, null]);
    t.true(conv.bits! > 0 && conv.bits! <= conv.log2_edges!);
  },
);

test.serial('the number of tensors is the same before and after 20 epochs', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const model = tinyCnn(tf);
  const {xs, ys} = tinyTensors(tf, 8);
  await model.fit(xs, ys, {epochs: 1, verbose: 0}); // the optimizer makes its own tensors in the first step
  const before = tf.memory().numTensors;
  const slicer = cnnSlicer(tf, dir, options({strict: true}));
  await model.fit(xs, ys, {epochs: 20, verbose: 0, callbacks: slicer});
  await slicer.finished;
  t.is(tf.memory().numTensors, before);
  t.is((await (await openRun(dir)).epochs()).length, 21);
});

test.serial('works in a list with early stopping, and captures the epoch at which that stopped', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, dir, options({strict: true, everyEpochs: 100}));
  const stop = tf.callbacks.earlyStopping({monitor: 'loss', minDelta: 1000, patience: 1});
  await tinyCnn(tf).fit(xs, ys, {epochs: 50, verbose: 0, callbacks: [slicer, stop]});
  await slicer.finished;
  const run = await openRun(dir);
  const [first, last, ...others] = await run.epochs();
  t.deepEqual([first, others], [0, []]);
  t.true(last! >= 2 && last! < 50);
  const losses = (await run.table('logs')).filter(({name}) => name === 'loss');
  t.deepEqual(
    losses.map(({epoch}) => epoch),
    Array.from({length: last!}, (_, i) => i + 1),
  );
});

test.serial('works with fitDataset', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const {xs, ys} = tinyTensors(tf, 24);
  const dataset = tf.data
    .zip({xs: tf.data.array(tf.unstack(xs)), ys: tf.data.array(tf.unstack(ys))})
    .batch(8);
  const slicer = cnnSlicer(tf, dir, options({strict: true}));
  await tinyCnn(tf).fitDataset(dataset, {epochs: 2, verbose: 0, callbacks: slicer});
  await slicer.finished;
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 1, 2]);
  t.is(run.info.training.samples, null);
});

test.serial('captures a model with branches, several inputs and several outputs', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const image = tf.input({shape: [8, 8, 1], name: 'image'});
  const extra = tf.input({shape: [2], name: 'extra'});
  const left = tf.layers
    .conv2d({name: 'left', filters: 2, kernelSize: 3, padding: 'same'})
    .apply(image) as tf.SymbolicTensor;
  const right = tf.layers
    .conv2d({name: 'right', filters: 2, kernelSize: 1})
    .apply(image) as tf.SymbolicTensor;
  const joined = tf.layers.concatenate({name: 'joined'}).apply([left, right]) as tf.SymbolicTensor;
  const pooled = tf.layers
    .globalAveragePooling2d({name: 'pooled', dataFormat: 'channelsLast'})
    .apply(joined) as tf.SymbolicTensor;
  const all = tf.layers.concatenate({name: 'all'}).apply([pooled, extra]) as tf.SymbolicTensor;
  const classes = tf.layers
    .dense({name: 'classes', units: 3, activation: 'softmax'})
    .apply(all) as tf.SymbolicTensor;
  const size = tf.layers.dense({name: 'size', units: 1}).apply(all) as tf.SymbolicTensor;
  const model = tf.model({inputs: [image, extra], outputs: [size, classes]});
  model.compile({optimizer: 'sgd', loss: ['meanSquaredError', 'categoricalCrossentropy']});
  const {xs, ys} = tinyTensors(tf, 24);
  const second = tf.randomUniform([24, 2], 0, 1, 'float32', 4);
  const slicer = cnnSlicer(tf, dir, {probe: {xs: [xs, second], labels: ys}, strict: true});
  await model.fit([xs, second], [tf.zeros([24, 1]), ys], {epochs: 1, verbose: 0, callbacks: [slicer]});
  await slicer.finished;
  const run = await openRun(dir);
  t.deepEqual([run.info.inputs, run.info.probe.samples], [2, 24]);
  t.deepEqual(
    run.info.layers.map(({name}) => name),
    ['image', 'extra', 'left', 'right', 'joined', 'pooled', 'all', 'size', 'classes'],
  );
  t.deepEqual(run.info.architecture.find(({name}) => name === 'joined')?.inputs, ['left', 'right']);
  t.is((await run.table('confusion', {epochs: [1]})).length, 9);
});

test.serial('everyEpochs skips captures, never logs, and keeps the last epoch', async t => {
  const {run} = await trained(t, {everyEpochs: 3}, {epochs: 7});
  t.deepEqual(await run.epochs(), [0, 3, 6, 7]);
  const losses = (await run.table('logs')).filter(({name}) => name === 'loss');
  t.deepEqual(
    losses.map(({epoch}) => epoch),
    [1, 2, 3, 4, 5, 6, 7],
  );
});

test.serial('a run continued with initialEpoch keeps what was before and says what it replaces', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const model = tinyCnn(tf);
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, dir, options({strict: true}));
  await model.fit(xs, ys, {epochs: 4, verbose: 0, callbacks: slicer});
  const said = await warnings(t, () =>
    model.fit(xs, ys, {initialEpoch: 2, epochs: 3, verbose: 0, callbacks: slicer}),
  );
  await slicer.finished;
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 1, 2, 3]);
  t.is(said.length, 1);
  t.regex(said[0]!, /epochs 3\.\.4 of an earlier run are replaced/);
  const losses = (await run.table('logs')).filter(({name}) => name === 'loss');
  t.deepEqual(
    losses.map(({epoch}) => epoch).sort((a, b) => a - b),
    [1, 2, 3],
  );
});

test.serial('a training that goes on from saved weights may begin a new run', async t => {
  const {run} = await trained(t, {}, {initialEpoch: 2, epochs: 3});
  t.deepEqual(await run.epochs(), [2, 3]);
});

test.serial('the thread in the background and the training thread write the same tables', async t => {
  const [background, foreground] = [await trained(t), await trained(t, {background: false})];
  for (const name of ['channel_entropy', 'layer_entropy', 'confusion'] as const) {
    t.deepEqual(
      await background.run.table(name, {epochs: [0]}),
      await foreground.run.table(name, {epochs: [0]}),
      name,
    );
  }
});

test.serial('an unknown layer is reported once, and training goes on', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, dir, options({layers: ['conv', 'conv_9']}));
  const said = await warnings(t, async () => {
    const {epoch} = await tinyCnn(tf).fit(xs, ys, {epochs: 3, verbose: 0, callbacks: slicer});
    t.deepEqual(epoch, [0, 1, 2]);
    await slicer.finished;
  });
  t.deepEqual(said, [
    'cnnslicer: could not begin: options.layers: the model has no layer "conv_9"; it has conv, pool, flatten, dropout, dense. Training continues without capture.',
  ]);
  await t.throwsAsync(
    tinyCnn(tf).fit(xs, ys, {
      epochs: 1,
      verbose: 0,
      callbacks: cnnSlicer(tf, dir, options({layers: [17], strict: true})),
    }),
    {
      message:
        'cnnslicer: could not begin: options.layers: the model has no layer 17; its 5 layers are 0..4.',
    },
  );
});

test.serial('layers are chosen by name, position, pattern or predicate', async t => {
  const chosen = async (layers: CnnSlicerOptions['layers']) =>
    (await trained(t, {layers}, {epochs: 1})).run.info.layers.slice(1).map(({name}) => name);
  t.deepEqual(await chosen(['dense', 'conv']), ['conv', 'dense']);
  t.deepEqual(await chosen([1]), ['pool']);
  t.deepEqual(await chosen(/^[cd]/), ['conv', 'dropout', 'dense']);
  t.deepEqual(await chosen(layer => layer.getClassName() === 'MaxPooling2D'), ['pool']);
});
