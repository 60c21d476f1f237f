import {existsSync, statSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {tableFromIPC, type DataType, type Field} from 'apache-arrow';
import test from 'ava';
import {openRun, RunWriter, verifyRun, type WeightTensor} from 'cnnslicer/store';
import type {LayerEntropyRow, LogsRow} from '#src/shared/index.js';
import {
  bitsOf,
  channelMajor,
  CONV,
  DENSE,
  INPUT,
  probeData,
  randomBits,
  randomFloats,
  runInfo,
} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const WEIGHTS: WeightTensor[] = [
  {name: 'conv2d_1/kernel', shape: [3, 3, 2, 7], dtype: 'float32', values: randomBits(126, 5)},
  {name: 'step', shape: [], dtype: 'int32', values: Int32Array.of(-5)},
  {name: 'mask', shape: [3], dtype: 'bool', values: Uint8Array.of(1, 0, 1)},
  {name: 'nothing', shape: [0, 4], dtype: 'float32', values: new Float32Array(0)},
];

const LOGS: LogsRow[] = [
  {epoch: 2, name: 'loss', value: 0.1},
  {epoch: 2, name: 'größe 🙂', value: null},
  {epoch: 2, name: '', value: NaN},
  {epoch: 2, name: 'acc', value: -0},
  {epoch: 2, name: 'acc', value: 0},
  {epoch: 2, name: 'x', value: Infinity},
];

test('an epoch reads back as it was written, to the bit', async t => {
  const dir = await temporaryFolder(t);
  const info = runInfo();
  const probe = probeData();
  const conv = randomBits(6 * 15 * 7, 3);
  const dense = randomBits(4 * 10, 4);

  const writer = await RunWriter.create(dir, info, probe);
  t.deepEqual(writer.replaced, []);
  const epoch = await writer.epoch(2);
  await epoch.activations(CONV, conv, 6);
  await epoch.activations(DENSE, dense, 4);
  await epoch.weights(WEIGHTS);
  await epoch.table('logs', LOGS);
  t.deepEqual(await (await openRun(dir)).epochs(), [], 'nothing is seen before the manifest');
  await epoch.commit();

  const run = await openRun(dir);
  t.deepEqual(run.info, writer.info);
  t.like(run.info, info);
  t.deepEqual(await run.epochs(), [2]);
  t.deepEqual(await run.probe(), probe);
  t.deepEqual(await run.weights(2), WEIGHTS);
  t.deepEqual(await run.table('logs'), LOGS);
  const maps = await run.activations(2, 'conv2d_1');
  t.deepEqual({...maps, maps: null}, {channels: [0, 1, 2, 3, 4, 5, 6], samples: 6, pixels: 15, maps: null});
  t.deepEqual(bitsOf(maps.maps), channelMajor(conv, 7));
  const units = await run.activations(2, 2);
  t.deepEqual({samples: units.samples, pixels: units.pixels}, {samples: 4, pixels: 1});
  t.deepEqual(bitsOf(units.maps), channelMajor(dense, 10));
  t.deepEqual((await verifyRun(dir)).problems, []);
});

test('a table of nulls, or of no rows, reads back', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  const row: LayerEntropyRow = {
    epoch: 0,
    layer: 'dense_1',
    class: null,
    bits: null,
    log2_edges: null,
    k: 5,
    n: 6,
    invalid: 0,
    clamped: 0,
    matrix_bits: null,
    intra_mean: null,
    min: null,
    max: null,
    reason: null,
  };
  const epoch = await writer.epoch(0);
  await epoch.table('layer_entropy', [row]);
  await epoch.table('confusion', []);
  await epoch.commit();
  const run = await openRun(dir);
  t.deepEqual(await run.table('layer_entropy'), [row]);
  t.deepEqual(await run.table('confusion'), []);
  t.deepEqual(await run.table('predictions'), [], 'a table that was not written has no rows');
});

test('a file has its name only once it is whole', async t => {
  const dir = await temporaryFolder(t);
  const layer = {...CONV, spatial: [64, 64], channels: 96}; // three blocks of channels, so several writes
  const writer = await RunWriter.create(dir, runInfo({layers: [INPUT, layer]}), probeData());
  const path = join(dir, 'activations/epoch=0/layer=conv2d_1/part-0.arrow');
  const epoch = await writer.epoch(0);
  const sizes: number[] = [];
  let writing = true;
  const watch = async () => {
    for (; writing; await nextTurn()) if (existsSync(path)) sizes.push(statSync(path).size);
    sizes.push(statSync(path).size);
  };
  const write = async () => {
    await epoch.activations(layer, randomBits(6 * 4096 * 96, 1), 6);
    writing = false;
  };
  await Promise.all([write(), watch()]);
  t.deepEqual([...new Set(sizes)], [sizes.at(-1)]);
  t.true((sizes.at(-1) ?? 0) > 6 * 4096 * 96 * 4);
});

test('no column of the Arrow files may hold nulls, and their schemas say so', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  const epoch = await writer.epoch(0);
  await epoch.activations(CONV, randomFloats(6 * 15 * 7, 1), 6);
  await epoch.weights(WEIGHTS);
  await epoch.commit();
  const paths = (await readdir(dir, {recursive: true})).filter(path => path.endsWith('.arrow'));
  t.is(paths.length, 3);
  const withNulls = (field: Field): string[] => [
    ...(field.nullable ? [field.name] : []),
    ...((field.type as DataType).children ?? []).flatMap(withNulls),
  ];
  for (const path of paths) {
    const {schema} = tableFromIPC(await readFile(join(dir, path)));
    t.deepEqual(schema.fields.flatMap(withNulls), [], path);
  }
});
