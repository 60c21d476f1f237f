import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {NoSuchSlice, openCube} from 'cnnslicer/analysis';
import {effectiveRank} from 'cnnslicer/metrics';
import {closeTo} from '../../support/close-to.js';
import {column, writtenCube} from '../../support/cube.js';
import {CONV, DENSE, INPUT, runInfo} from '../../support/run-folder.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {layerMaps, tableRows} from '../../support/written-run.js';

const info = runInfo();

test('R of whole layers is what the capture wrote', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('R(dCNN(*, *, *, {0,2}))');
  const rows = [0, 2].flatMap(epoch =>
    tableRows(info, epoch).effective_rank.filter(row => row.class === null),
  );
  for (const name of ['epoch', 'layer', 'class', 'rank', 'ceiling', 'n', 'invalid', 'reason'] as const)
    t.deepEqual(
      column(result, name),
      rows.map(row => row[name]),
      name,
    );
  t.like(result, {measure: 'effective rank', value: 'rank', unit: null});
});

test('R of some channels, and of some samples, is computed from their maps', async t => {
  const cube = await writtenCube(t);
  const maps = layerMaps(info, CONV, 0);
  const channel = Float32Array.from({length: 6 * 15}, (_, i) => maps[i * 7 + 4] as number);
  const ofChannel = await cube.query('R(dCNN(*, conv2d_1, 4, 0))');
  t.is(column(ofChannel, 'rank')[0], effectiveRank(channel, {samples: 6, features: 15}).rank);
  const ofSamples = await cube.query('R(dCNN(0..2, conv2d_1, *, 0))');
  const expected = effectiveRank(maps.slice(0, 3 * 105), {samples: 3, features: 105});
  t.deepEqual([column(ofSamples, 'rank'), column(ofSamples, 'ceiling')], [[expected.rank], [2]]);
  const ofOne = await cube.query('R(dCNN(3, conv2d_1, *, 0))');
  t.deepEqual([column(ofOne, 'rank'), column(ofOne, 'reason')], [[null], ['too-few-samples']]);
});

for (const run of ['test/fixtures/demo-run', 'test/fixtures/frozen/format-1']) {
  test(`a run of an earlier version answers R from its maps, once: ${run}`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    await cp(run, dir, {recursive: true});
    const cube = await openCube(dir, {threads: 1});
    t.teardown(() => cube.close());
    const {name: layer = ''} = cube.info.layers[1] ?? {};
    const {samples} = await cube.activations(1, 1);
    const result = await cube.query(`R(dCNN(*, ${layer}, *, 1))`);
    t.deepEqual(column(result, 'n'), [samples], 'of those that the run stored');
    const entropy = await cube.query(`Hx(dCNN(0..${samples - 1}, ${layer}, *, 1))`);
    closeTo(t, column(result, 'rank')[0], 2 ** Number(column(entropy, 'matrix_bits')[0]), 1e-9);
    cube.activations = () => Promise.reject(new Error('read again'));
    t.deepEqual(await cube.query(`R(dCNN(*, ${layer}, *, 1))`), result);
  });
}

test('eigenvalues of more samples than a question computes are refused in one line', async t => {
  const probe = {samples: 2049, perClass: [683, 683, 683]};
  const cube = await writtenCube(t, {epochs: [0], info: {probe, layers: [INPUT, {...DENSE, index: 1}]}});
  await t.throwsAsync(cube.query('R(dCNN(*, dense_1, 0..1, 0))'), {
    instanceOf: NoSuchSlice,
    message:
      'The effective rank takes the eigenvalues of a matrix of 2049 x 2049, and a question computes them of at most ' +
      '2048 samples; name fewer, such as 0..2047.',
  });
  const fewer = await cube.query('R(dCNN(0..9, dense_1, 0..1, 0))');
  t.is(column(fewer, 'n')[0], 10);
});
