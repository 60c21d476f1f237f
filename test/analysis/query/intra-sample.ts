import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {channelEntropy, intraSampleEntropy, type RangeRule} from 'cnnslicer/metrics';
import {column, writtenCube} from '../../support/cube.js';
import {CONV, DENSE, runInfo} from '../../support/run-folder.js';
import {layerMaps, tableRows} from '../../support/written-run.js';
import {allCloseTo} from '../../support/close-to.js';

const info = runInfo();

/** Mean entropy per channel of the written activations, by the plain measure. */
function expected(epoch: number, options: {bins: number; range: RangeRule}, members?: number[]): number[] {
  const shape = {samples: 6, pixels: 15, channels: 7};
  return [...channelEntropy(intraSampleEntropy(layerMaps(info, CONV, epoch), shape, options), members).mean];
}

test('H with the options of the capture is what the capture wrote', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('H(dCNN(label=1, conv2d_1, {0,3}, 0..2))');
  const rows = [0, 1, 2].flatMap(epoch =>
    [0, 3].map(channel =>
      tableRows(info, epoch).channel_entropy.find(
        row => row.layer === 'conv2d_1' && row.class === 1 && row.channel === channel,
      ),
    ),
  );
  t.deepEqual(
    column(result, 'bits'),
    rows.map(row => row?.mean ?? null),
  );
  t.deepEqual(column(result, 'channel'), [0, 3, 0, 3, 0, 3]);
  t.deepEqual(column(result, 'epoch'), [0, 0, 1, 1, 2, 2]);
  t.like(result, {unit: 'bit', facts: {bins: 32, range: 'layer', probe: 6}});
});

test('the table of an epoch is read once, however many layers and classes are asked for', async t => {
  const cube = await writtenCube(t);
  const read: number[] = [];
  const columns = cube.columns.bind(cube);
  cube.columns = (name, epoch) => {
    read.push(epoch);
    return columns(name, epoch);
  };
  cube.table = () => Promise.reject(new Error('a row for every layer and class'));
  const result = await cube.query('H(dCNN(label=*, *, 0..3, 1..2))');
  t.is(new Set(column(result, 'layer')).size, 3);
  t.deepEqual(new Set(column(result, 'class')), new Set([0, 1, 2]));
  t.deepEqual(read, [1, 2]);
});

test('H with other options is computed from the stored maps, for all samples and for classes', async t => {
  const cube = await writtenCube(t);
  const options = {bins: 8, range: 'map'} as const;
  const all = await cube.query('H(dCNN(*, conv2d_1, *, 1), bins=8, range=map)');
  allCloseTo(t, column(all, 'bits') as number[], expected(1, options), 1e-6);
  const classes = await cube.query('H(dCNN(label=*, conv2d_1, *, 1), bins=8, range=map)');
  const each = [0, 1, 2].flatMap(c => expected(1, options, [2 * c, 2 * c + 1]));
  allCloseTo(t, column(classes, 'bits') as number[], each, 1e-6);
});

test('what was computed is kept with its options in the path, and not computed again', async t => {
  const cube = await writtenCube(t, {epochs: [0]});
  const first = await cube.query('H(dCNN(*, conv2d_1, *, 0), bins=8)');
  const folder = join(
    cube.dir,
    'derived',
    'channel_entropy',
    'layer=conv2d_1',
    'bins=8',
    'range=layer',
    'epoch=0',
  );
  t.deepEqual(await readdir(folder), ['part-0.parquet']);
  cube.activations = () => Promise.reject(new Error('read again'));
  t.deepEqual(await cube.query('H(dCNN(*, conv2d_1, *, 0), bins=8)'), first);
});

test('range=run cuts every epoch by the range of all captured ones', async t => {
  const cube = await writtenCube(t);
  const rows = [0, 1, 2].flatMap(epoch =>
    tableRows(info, epoch).layer_entropy.filter(row => row.layer === 'conv2d_1' && row.class === null),
  );
  const range = [
    Math.min(...rows.map(({min}) => Number(min))),
    Math.max(...rows.map(({max}) => Number(max))),
  ] as const;
  const result = await cube.query('H(dCNN(*, conv2d_1, *, 2), range=run)');
  allCloseTo(t, column(result, 'bits') as number[], expected(2, {bins: 32, range}), 1e-6);
  t.is(result.facts.range, 'run');
});

test('some samples are measured separately', async t => {
  const cube = await writtenCube(t);
  const options = {bins: 16, range: [0, 0.7]} as const;
  const result = await cube.query('H(dCNN({0,3,4}, conv2d_1, {6,2}, 0), bins=16, range=0..0.7)');
  const all = expected(0, options, [0, 3, 4]);
  allCloseTo(t, column(result, 'bits') as number[], [all[6] as number, all[2] as number], 1e-6);
  t.deepEqual(column(result, 'n'), [3, 3]);
});

test('all channels of a dense layer are one map, a single unit has no entropy', async t => {
  const cube = await writtenCube(t);
  const maps = layerMaps(info, DENSE, 1);
  const whole = await cube.query('H(dCNN(*, dense_1, *, 1))');
  const entropy = intraSampleEntropy(maps, {samples: 6, pixels: 10, channels: 1}, {bins: 32, range: 'layer'});
  allCloseTo(t, column(whole, 'bits') as number[], channelEntropy(entropy).mean, 1e-6);
  t.deepEqual(column(whole, 'channel'), [null]);
  const unit = await cube.query('H(dCNN(*, dense_1, 4, 1), bins=8)');
  t.deepEqual([column(unit, 'bits'), column(unit, 'reason')], [[null], ['single-value']]);
});
