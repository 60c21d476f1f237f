import type {DiskNeeds} from '#src/shared/recording/recorder.js';
import {readdir, rename} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openRun, verifyRun} from 'cnnslicer/store';
import {RunRecorder} from '#src/recorder/run-recorder.js';
import type {CaptureOptions} from '#src/shared/index.js';
import {squaredDistances} from '#src/metrics/squared-distances.js';
import {CONV, DENSE, probeData, randomFloats, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const ROOMY = {memory: Infinity, disk: {epoch: 0, lean: 0, files: 0, budget: Infinity}};
const NOTHING = {epoch: 0, logs: [], weights: [], predictions: null, evaluation: null, failures: []};

test('measures and pictures that fail cost themselves: all files are there, and each failure is named', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  // Fails for the convolution alone, whose distances the capacity picture needs, too.
  const recorder = new RunRecorder(rows => {
    if (rows.features % 15 === 0) throw new Error('no distances');
    return squaredDistances(rows);
  });
  const tensorboard = {
    dir: null,
    hparams: {compared: {}, others: {}},
    graph: [],
    capacity: [[CONV.name, DENSE.name] as const],
    featureMaps: 1,
  };
  await recorder.open({dir, start: {}, info: runInfo(), probe: probeData(), ...ROOMY, tensorboard});
  await recorder.batch({epoch: 0, start: 0, maps: [randomFloats(6 * 15 * 7, 1), randomFloats(6 * 10, 2)]});
  const weights = [{name: 'kernel', shape: [90], dtype: 'float32', values: randomFloats(90, 3)}];
  const {failures} = await recorder.record({...NOTHING, weights});
  t.deepEqual(await recorder.close('finished'), []);
  t.deepEqual(
    failures.map(({what, reason}) => `${what}: ${reason}`),
    [
      'the inter-sample entropy of layer conv2d_1 could not be computed: no distances.',
      'the matrix entropy of layer conv2d_1 could not be computed: no distances.',
      'the effective rank of layer conv2d_1 could not be computed: no distances.',
      'the picture capacity/conv2d_1/dense_1 could not be drawn: no distances.',
    ],
  );
  t.like(await verifyRun(dir), {ok: true, problems: []});
  const run = await openRun(dir);
  t.is((await run.manifest(0)).files.length, 7);
  const rows = (await run.table('layer_entropy')).filter(row => row.class === null);
  t.deepEqual(
    rows.map(({layer, reason}) => [layer, reason]),
    [
      ['input_1', null],
      ['conv2d_1', 'failed'],
      ['dense_1', null],
    ],
  );
});

/** Records one epoch in batches of two samples, some of them not finite; all files of it, and the two tables. */
async function recorded(t: ExecutionContext, memory: number, range: CaptureOptions['range']) {
  const dir = join(await temporaryFolder(t), 'run');
  const info = runInfo();
  const recorder = new RunRecorder();
  const setup = {dir, start: {}, probe: probeData(), ...ROOMY, memory, tensorboard: null};
  await recorder.open({...setup, info: {...info, options: {...info.options, range}}});
  const maps = [CONV, DENSE].map(({spatial, channels}, i) =>
    randomFloats(6 * channels * spatial.reduce((product, extent) => product * extent, 1), 7 + i),
  );
  (maps[0] as Float32Array)[3 * 105 + 2] = NaN;
  (maps[0] as Float32Array)[5 * 105] = -0;
  (maps[0] as Float32Array).fill(0.5, 105, 2 * 105);
  for (let start = 0; start < 6; start += 2) {
    const rows = (values: Float32Array) =>
      values.slice((start * values.length) / 6, ((start + 2) * values.length) / 6);
    await recorder.batch({epoch: 0, start, maps: maps.map(rows)});
  }
  const {failures} = await recorder.record(NOTHING);
  t.deepEqual(failures, []);
  await recorder.close('finished');
  t.deepEqual(
    (await readdir(dir)).filter(name => name.endsWith('.tmp')),
    [],
  );
  const run = await openRun(dir);
  const {files} = await run.manifest(0);
  return {
    digests: files.map(({path, sha256}) => `${path} ${sha256}`).sort(),
    channels: await run.table('channel_entropy'),
    layers: await run.table('layer_entropy'),
  };
}

for (const range of ['layer', 'channel', 'map'] as const) {
  test(`an epoch that does not fit into memory is measured and stored the same, bit for bit: range ${range}`, async t => {
    const held = await recorded(t, Infinity, range);
    t.true(held.layers.some(({bits}) => bits !== null));
    // Blocks of one sample of the convolution, and of several.
    for (const memory of [2_000, 8_600, 13_000]) t.deepEqual(await recorded(t, memory, range), held);
  });
}

/** A recorder that holds hardly anything in memory. */
async function opened(t: ExecutionContext, disk: DiskNeeds) {
  const dir = join(await temporaryFolder(t), 'run');
  const recorder = new RunRecorder();
  const parts = {info: runInfo(), probe: probeData(), tensorboard: null};
  await recorder.open({dir, start: {}, ...parts, memory: 1000, disk});
  return {dir, recorder};
}

test('an epoch whose activations find no room is there without them', async t => {
  const {dir, recorder} = await opened(t, ROOMY.disk);
  const batch = {epoch: 0, start: 0, maps: [randomFloats(6 * 15 * 7, 1), randomFloats(6 * 10, 2)]};
  const hidden = `${dir}-elsewhere`;
  await rename(dir, hidden);
  await recorder.batch(batch);
  await rename(hidden, dir);
  const {failures} = await recorder.record(NOTHING);
  await recorder.close('finished');
  t.is(failures.length, 1);
  t.regex(failures[0]?.reason ?? '', /^Cannot write .+: it is not there \(ENOENT\)\.$/);
  const {files} = await (await openRun(dir)).manifest(0);
  t.deepEqual(
    files.map(({kind}) => kind),
    ['table', 'table', 'table', 'table'],
  );
});

/** A run of one epoch on a disk, or in a budget, that its needs say has no room for something. */
async function cramped(t: ExecutionContext, disk: DiskNeeds) {
  const {dir, recorder} = await opened(t, disk);
  await recorder.batch({epoch: 0, start: 0, maps: [randomFloats(6 * 15 * 7, 1), randomFloats(6 * 10, 2)]});
  const weights = [{name: 'kernel', shape: [90], dtype: 'float32', values: randomFloats(90, 3)}];
  const {failures} = await recorder.record({...NOTHING, weights});
  await recorder.close('finished');
  const run = await openRun(dir);
  t.like(await verifyRun(dir), {ok: true, problems: []});
  const epochs = await run.epochs();
  const manifest = epochs.length > 0 ? await run.manifest(0) : null;
  return {
    kinds: [...new Set(manifest?.files.map(({kind}) => kind))],
    measured: epochs.length > 0 && (await run.table('layer_entropy')).some(({layer}) => layer === CONV.name),
    said: failures.map(({what, reason}) => `${what}: ${reason}`),
  };
}

const ENDLESS = 1e30;

test('an epoch that the disk has no room for is stored as far as there is room, and what is short is named', async t => {
  const wants = (bytes: string) =>
    new RegExp(`: the epoch takes ${bytes} of disk, and \\S+ [kMG]B are free\\.$`);
  const stored = await cramped(t, {epoch: ENDLESS, lean: 1, files: 0, budget: Infinity});
  t.deepEqual([stored.kinds, stored.measured], [['weights', 'table'], true]);
  t.is(stored.said.length, 1);
  t.regex(stored.said[0] ?? '', /^the activations are not stored/);
  t.regex(stored.said[0] ?? '', wants('1e\\+21 GB'));
  const none = await cramped(t, {epoch: ENDLESS, lean: ENDLESS, files: 0, budget: Infinity});
  t.deepEqual([none.kinds, none.measured], [[], false]);
  t.regex(none.said.join(), /^nothing is captured: the epoch takes/);
});

test('above the budget of a run its activations are not stored, and all else is', async t => {
  const {kinds, measured, said} = await cramped(t, {epoch: 50_000, lean: 10_000, files: 0, budget: 40_000});
  t.deepEqual([kinds, measured], [['weights', 'table'], true]);
  t.regex(
    said.join(),
    /^the activations are not stored: the epoch takes 50 kB of disk, and \S+ kB are left of budget\.disk\.$/,
  );
  const exact = await cramped(t, {epoch: 10_000, lean: 10_000, files: 0, budget: 0});
  t.deepEqual(exact.said, []);
});
