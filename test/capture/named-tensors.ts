import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {modelAt, type NamedTensors} from 'cnnslicer';
import {openCube} from 'cnnslicer/analysis';
import {openRun, verifyRun, type Run} from 'cnnslicer/store';
import type {TableName} from '#src/shared/index.js';
import {cnnslicer as command} from '../support/command.js';
import {tinyGraphModel} from '../support/graph-model.js';
import {tinyCnn, tinyImages} from '../support/models.js';
import {readEvents} from '../support/read-events.js';
import {warnings} from '../support/warnings.js';
import {allCloseTo, closeTo} from '../support/close-to.js';
import {GIVEN, labels, runIn, tapped, xs} from '../support/named-tensors.js';

const TABLES: TableName[] = ['confusion', 'class_entropy', 'channel_entropy', 'layer_entropy', 'predictions'];

/**
 * Also the values themselves: each layer's activations.
 *
 * @param tolerance - Of the activations; where it is more than 0, tables are not compared.
 */
async function sameRuns(t: ExecutionContext, actual: Run, expected: Run, tolerance = 0): Promise<void> {
  t.deepEqual(await actual.epochs(), await expected.epochs());
  const names = (run: Run) =>
    run.info.layers.slice(1).map(({name, spatial, channels}) => ({name, spatial, channels}));
  t.deepEqual(names(actual), names(expected));
  const measured = async (run: Run, table: TableName) =>
    (await run.table(table)).filter(row => !('layer' in row) || row.layer !== run.info.layers[0]?.name);
  for (const table of tolerance > 0 ? [] : TABLES)
    t.deepEqual(await measured(actual, table), await measured(expected, table), table);
  for (const {name} of actual.info.layers.slice(1)) {
    const [ours, theirs] = [await actual.activations(2, name), await expected.activations(2, name)];
    if (tolerance > 0) allCloseTo(t, ours.maps, theirs.maps, tolerance, name);
    else t.deepEqual(ours.maps, theirs.maps, name);
  }
  t.deepEqual((await verifyRun(actual.dir)).problems, []);
}

/** Turns the weights a little, as a training does. */
function train(model: tf.LayersModel): void {
  tf.tidy(() => model.setWeights(model.getWeights().map(weight => weight.mul(0.8).add(0.01))));
}

const ways: [
  string,
  (network: (images: tf.Tensor) => NamedTensors) => NamedTensors | ((images: tf.Tensor) => NamedTensors),
][] = [
  ['a function', network => network],
  ['tensors of the whole probe', network => network(xs)],
];
for (const [title, give] of ways) {
  test.serial(`${title} gives the tables and activations of the same network as a model`, async t => {
    const model = tinyCnn(tf);
    const [byModel, byTensors] = [await runIn(t), await runIn(t)];
    byModel.slicer.setModel(model);
    const network = tapped(model);
    for (let epoch = 0; epoch <= 2; epoch++) {
      if (epoch > 0) train(model);
      await byModel.slicer.capture(epoch, {loss: 1 / (epoch + 1)});
      const given = give(network);
      const before = tf.memory().numTensors;
      await byTensors.slicer.capture(epoch, {loss: 1 / (epoch + 1)}, given);
      t.is(tf.memory().numTensors, before, 'nothing of the user is disposed, and nothing is left');
      if (typeof given !== 'function') tf.dispose(Object.values(given));
    }
    await byModel.slicer.close();
    await byTensors.slicer.close();
    const run = await openRun(byTensors.dir);
    // The native backend does not round a whole probe as it rounds the model's own batches.
    const tolerance = tf.getBackend() === 'tensorflow' && title !== 'a function' ? 1e-5 : 0;
    await sameRuns(t, run, await openRun(byModel.dir), tolerance);
    t.deepEqual(run.info.layers.map(({className}) => className), ['InputLayer', 'Tensor', 'Tensor', 'Tensor']); // prettier-ignore
    t.deepEqual([run.info.topology, run.info.architecture, run.info.options.weights], [null, [], false]);
    t.is(run.info.status, 'finished');
  });
}

test.serial('a GraphModel is captured through its nodes', async t => {
  const layersModel = tinyCnn(tf);
  const graphModel = await tinyGraphModel(layersModel);
  const [byModel, byGraph] = [await runIn(t), await runIn(t)];
  byModel.slicer.setModel(layersModel);
  const before = tf.memory().numTensors;
  for (let epoch = 0; epoch <= 2; epoch++) {
    await byModel.slicer.capture(epoch);
    await byGraph.slicer.capture(epoch, {}, images => {
      const nodes = ['conv/Relu', 'pool/MaxPool', 'probabilities'];
      const [conv, pool, dense] = graphModel.execute(images, nodes) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return {conv, pool, dense};
    });
  }
  await byModel.slicer.close();
  await byGraph.slicer.close();
  t.is(tf.memory().numTensors, before);
  await sameRuns(t, await openRun(byGraph.dir), await openRun(byModel.dir));
});

test.serial('what a function of several inputs takes comes in the order of the probe', async t => {
  const sizes = tf.tensor2d(
    Int32Array.from({length: GIVEN * 2}, (_, i) => i),
    [GIVEN, 2],
    'int32',
  );
  const {dir, slicer} = await runIn(t, {probe: {xs: [xs, sizes]}});
  const seen = new Set<string>();
  await slicer.capture(0, null, (images: tf.Tensor4D, size: tf.Tensor2D) => {
    seen.add(`${images.dtype} ${images.shape.slice(1).join()} ${size.dtype} ${size.shape.slice(1).join()}`);
    return {input_1: size, sum: images.sum([1, 2, 3]).add(size.sum(1))};
  });
  await slicer.close();
  t.deepEqual([...seen], ['float32 8,8,1 int32 2']);
  const run = await openRun(dir);
  const layers = run.info.layers.map(({name, spatial, channels}) => [name, ...spatial, channels]);
  t.deepEqual(layers, [
    ['input_1_', 8, 8, 1],
    ['input_2', 2],
    ['input_1', 2],
    ['sum', 1],
  ]);
  t.is(run.info.inputs, 2);
  const {inputs} = await run.probe();
  const [images, numbers] = inputs.map(({values}) => values) as [Float32Array, Float32Array];
  const sums = Array.from(
    {length: 27},
    (_, i) =>
    images.slice(64 * i, 64 * (i + 1)).reduce((sum, value) => sum + value, (numbers[2 * i] ?? 0) + (numbers[2 * i + 1] ?? 0)), // prettier-ignore
  );
  const {maps} = await run.activations(0, 'sum');
  maps.forEach((value, i) => closeTo(t, value, sums[i] ?? NaN, 1e-4));
});

test.serial('what a function returns and has not made itself stays there', async t => {
  const {dir, slicer} = await runIn(t, {batchSize: 27});
  const kept: tf.Tensor[] = [];
  const before = tf.memory().numTensors;
  for (let epoch = 0; epoch <= 1; epoch++) {
    await slicer.capture(epoch, {}, images => {
      const mean = tf.keep(images.mean(3));
      kept.push(mean);
      return {images, same: images, mean};
    });
  }
  await slicer.close();
  t.is(tf.memory().numTensors, before + kept.length);
  t.true(kept.every(tensor => !tensor.isDisposed));
  t.is((await (await openRun(dir)).activations(1, 'mean')).maps.length, 27 * 64);
});

test.serial('tensors of one axis, and of whole numbers and truth values, are taken as they are', async t => {
  const {dir, slicer} = await runIn(t);
  const numbers = tf.range(0, GIVEN, 1, 'int32');
  await slicer.capture(0, {}, {numbers, odd: numbers.mod(2).cast('bool')});
  await slicer.close();
  const run = await openRun(dir);
  const [drawn, odd] = [await run.activations(0, 'numbers'), await run.activations(0, 'odd')];
  t.deepEqual(
    Array.from(odd.maps),
    Array.from(drawn.maps, value => value % 2),
  );
  t.deepEqual(Array.from(drawn.maps, value => labels[value]), Array.from(await run.probeLabels())); // prettier-ignore
});

test.serial(
  'what everyEpochs passes over is kept until the next call, and the last epoch is captured',
  async t => {
    const network = tapped(tinyCnn(tf));
    const {dir, slicer} = await runIn(t, {everyEpochs: 2});
    const before = tf.memory().numTensors;
    for (let epoch = 0; epoch <= 3; epoch++) {
      const given = network(xs.mul(epoch));
      await slicer.capture(epoch, {loss: epoch}, given);
      tf.dispose(given);
    }
    await slicer.close();
    t.true(tf.memory().numTensors <= before + 4, 'the multiples alone are left');
    const run = await openRun(dir);
    t.deepEqual(await run.epochs(), [0, 2, 3]);
    t.deepEqual((await run.table('logs')).map(({epoch}) => epoch), [0, 1, 2, 3]); // prettier-ignore
    const {dense} = network(xs.mul(3));
    const [third] = (await run.activations(3, 'dense')).maps;
    const drawn = await run.table('predictions', {epochs: [3]});
    t.is(drawn.length, 27);
    t.true(dense.dataSync().includes(third as number));
  },
);

test.serial('a run goes on after close, and another network begins another', async t => {
  const network = tapped(tinyCnn(tf));
  const {dir, slicer} = await runIn(t);
  await slicer.capture(0, {}, network);
  await slicer.close();
  await slicer.capture(1, {}, network(xs));
  await slicer.close();
  t.deepEqual(await (await openRun(dir)).epochs(), [0, 1]);
  const said = await warnings(t, () => slicer.capture(0, {}, images => ({other: images.mean(3)})));
  await slicer.close();
  t.is(slicer.dir, `${dir}-2`);
  t.is(said.length, 1);
  t.deepEqual((await openRun(slicer.dir)).info.layers[1]?.spatial, [8]);
});

test.serial('the larger evaluation set goes through a function, and layers may be chosen', async t => {
  const {xs: more, labels: moreLabels} = tinyImages(100, 3, 9);
  const evaluation = {xs: tf.tensor4d(more, [100, 8, 8, 1]), labels: moreLabels};
  const {dir, slicer} = await runIn(t, {evaluation, layers: [/^conv/, 1]});
  const network = tapped(tinyCnn(tf));
  await slicer.capture(0, {}, network);
  await slicer.close();
  const run = await openRun(dir);
  t.deepEqual(run.info.layers.map(({name}) => name), ['input', 'conv', 'pool']); // prettier-ignore
  const cells = await run.table('confusion');
  t.is(cells.reduce((sum, {count}) => sum + count, 0), 100); // prettier-ignore
  const right = network(evaluation.xs)
    .dense.argMax(1)
    .equal(tf.tensor1d(moreLabels, 'int32'))
    .sum()
    .dataSync()[0];
  const diagonal = cells.filter(({label, predicted}) => label === predicted);
  t.is(
    diagonal.reduce((sum, {count}) => sum + count, 0),
    right as number,
  );
});

test.serial('such a run is inspected, verified, asked by name and alias, and not projected', async t => {
  const {dir, slicer} = await runIn(t, {tensorboard: true});
  const network = tapped(tinyCnn(tf));
  for (let epoch = 0; epoch <= 1; epoch++) await slicer.capture(epoch, {loss: 1}, network);
  await slicer.close();
  const inspected = await command('inspect', dir);
  t.regex(inspected.stdout, /1 │ conv {2}│ tensor_1 │ Tensor\s+│ 6 x 6 │\s+4/);
  t.regex(inspected.stdout, /compared with output "dense"/);
  t.regex((await command('verify', dir)).stdout, /intact: epochs 0\.\.1/);
  const cube = await openCube(dir);
  const capacity = (from: string, to: string) =>
    cube.query(`C(dCNN(*, ${from}, *, 1), dCNN(*, ${to}, *, 1))`);
  const [byName, byAlias] = [await capacity('conv', 'pool'), await capacity('tensor_1', 'tensor_2')];
  t.is(byName.rows, 16);
  t.deepEqual(byAlias.columns, byName.columns);
  await cube.close();
  await t.throwsAsync(modelAt(tf, await openRun(dir), 1), {
    message: 'modelAt: run run was captured from named tensors; only a tf.LayersModel is kept with a run, and can be projected back through.', // prettier-ignore
  });
  const events = await readEvents(join(dir, 'tensorboard'));
  t.false(
    events.some(event => 'graphDef' in event),
    'an empty graph is none',
  );
  const probe = await readEvents(join(dir, 'tensorboard/probe'));
  const tags = probe.flatMap(({summary}) => (summary?.value ?? []).map(({tag = ''}) => tag));
  for (const tag of ['capacity/conv/pool', 'feature_maps/conv']) t.true(tags.includes(tag), tag);
});
