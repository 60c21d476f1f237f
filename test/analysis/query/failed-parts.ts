import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openCube, type Cube} from 'cnnslicer/analysis';
import {FailedPartError, RunWriter} from 'cnnslicer/store';
import {CONV, DENSE, INPUT, probeData, runInfo} from '../../support/run-folder.js';
import {column} from '../../support/cube.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {failedPart, writeParts} from '../../support/written-run.js';

const LAYERS = [INPUT, CONV, {...CONV, index: 2, name: 'conv2d_2'}, {...DENSE, index: 3}];

/** Three epochs, the second of which lacks something. */
async function lacking(t: ExecutionContext, ...parts: Parameters<typeof failedPart>[]): Promise<Cube> {
  const dir = join(await temporaryFolder(t), 'run');
  const info = runInfo({layers: LAYERS});
  const writer = await RunWriter.create(dir, info, probeData());
  for (const epoch of [0, 1, 2]) {
    await writeParts(writer, info, epoch, {
      failed: epoch === 1 ? parts.map(part => failedPart(...part)) : [],
    });
  }
  await writer.close('finished');
  const cube = await openCube(dir, {threads: 1});
  t.teardown(() => cube.close());
  return cube;
}

/** Epoch and layer of the rows that are null, with their reasons; and how many have a value. */
async function gaps(cube: Cube, question: string) {
  const result = await cube.query(question);
  const {rows} = result;
  const [bits, epoch, layer, reason] = ['bits', 'epoch', 'layer', 'reason'].map(name =>
    Object.hasOwn(result.columns, name) ? column(result, name) : [],
  ) as [unknown[], unknown[], unknown[], unknown[]];
  const nulls = Array.from({length: rows}, (_, i) => i).filter(i => bits[i] === null);
  return {
    nulls: [...new Set(nulls.map(i => [epoch[i], layer[i], reason[i]].join(' ').trim()))],
    values: rows - nulls.length,
  };
}

test('channel entropies whose table could not be stored are null, and say that it failed', async t => {
  const cube = await lacking(t, ['table', 'channel_entropy']);
  t.deepEqual(await gaps(cube, 'H(dCNN(*, 1..2, *, *))'), {
    nulls: ['1 conv2d_1 failed', '1 conv2d_2 failed'],
    values: 2 * 2 * CONV.channels,
  });
  t.deepEqual(await gaps(cube, 'H(dCNN(label=a, 1, 3, 1))'), {nulls: ['1 conv2d_1 failed'], values: 0});
  t.deepEqual((await gaps(cube, 'H(dCNN(*, 1, *, 1), bins=16)')).nulls, [], 'the maps are there');
});

test('class entropies whose table could not be stored are null, and say that it failed', async t => {
  const cube = await lacking(t, ['table', 'class_entropy']);
  const {nulls} = await gaps(cube, 'H(y | label)');
  t.deepEqual(nulls, ['1  failed']);
  t.deepEqual((await gaps(cube, 'H(label | y, epoch=1)')).nulls, ['1  failed']);
});

test('a layer whose table and maps could not be stored is null, and all others have their values', async t => {
  const table = ['table', 'layer_entropy'] as const;
  const computed = await lacking(t, [...table]);
  t.deepEqual((await gaps(computed, 'Hx(dCNN(*, 1..2, *, *))')).nulls, [], 'computed from the maps');
  const cube = await lacking(t, [...table], ['activations', 'conv2d_2'], ['activations', 'dense_1']);
  t.deepEqual(await gaps(cube, 'Hx(dCNN(*, 1..2, *, *), k=2)'), {nulls: ['1 conv2d_2 failed'], values: 5});
  t.deepEqual(await gaps(cube, 'H(dCNN(*, 3, *, *))'), {nulls: ['1 dense_1 failed'], values: 2});
});

test('what takes maps that could not be stored is answered from the other epochs, which says so', async t => {
  const cube = await lacking(t, ['activations', 'conv2d_2']);
  for (const question of ['C(dCNN(*, 1, *, *), dCNN(*, 2, *, *))', 'dCNN(0, 2, 3, *)']) {
    const result = await cube.query(question);
    t.deepEqual([...new Set(column(result, 'epoch'))], [0, 2], question);
    t.is(result.facts['failed_epochs'], '1');
    t.is(result.facts['damaged_epochs'], undefined);
  }
  await t.throwsAsync(cube.query('dCNN(0, 2, 3, 1)'), {
    instanceOf: FailedPartError,
    message: 'small: epoch 1: the activations conv2d_2 could not be stored: The disk was on fire.',
  });
});
