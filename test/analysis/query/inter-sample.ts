import test from 'ava';
import {interSampleEntropy} from 'cnnslicer/metrics';
import {column, writtenCube} from '../../support/cube.js';
import {CONV, runInfo} from '../../support/run-folder.js';
import {layerMaps, tableRows} from '../../support/written-run.js';

const info = runInfo();
const near = (actual: unknown, expected: number | null) => Math.abs(Number(actual) - Number(expected)) < 1e-5;

test('Hx with the k of the capture is what the capture wrote, with its deficit', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('Hx(dCNN(*, conv2d_1, *, {0,2}))');
  const rows = [0, 2].map(epoch =>
    tableRows(info, epoch).layer_entropy.find(row => row.layer === 'conv2d_1' && row.class === null),
  );
  t.deepEqual(
    column(result, 'bits'),
    rows.map(row => row?.bits ?? null),
  );
  t.deepEqual(
    column(result, 'deficit'),
    rows.map(row => Number(row?.log2_edges) - Number(row?.bits)),
  );
});

test('Hx with another k is computed from the stored maps and kept', async t => {
  const cube = await writtenCube(t);
  const maps = layerMaps(info, CONV, 1);
  const expression = 'Hx(dCNN(*, conv2d_1, *, 1), k=3, kernel=umap)';
  const result = await cube.query(expression);
  const {bits, k, n} = interSampleEntropy(maps, {samples: 6, features: 105}, {k: 3, kernel: 'umap'});
  t.true(near(column(result, 'bits')[0], bits));
  t.deepEqual([column(result, 'k'), column(result, 'n')], [[k], [n]]);
  t.like(result.facts, {k: 3, kernel: 'umap'});
  cube.activations = () => Promise.reject(new Error('read again'));
  t.deepEqual(await cube.query(expression), result);
});

test('Hx of one channel looks at the maps of that channel alone', async t => {
  const cube = await writtenCube(t);
  const maps = layerMaps(info, CONV, 0);
  const channel = Float32Array.from({length: 6 * 15}, (_, i) => maps[i * 7 + 4] as number);
  const {bits} = interSampleEntropy(channel, {samples: 6, features: 15}, {k: 5});
  const result = await cube.query('Hx(dCNN(*, conv2d_1, 4, 0))');
  t.true(near(column(result, 'bits')[0], bits));
});

test('Hx of a class with one sample or none says why it is undefined', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('Hx(dCNN(3, conv2d_1, *, 0))');
  t.deepEqual([column(result, 'bits'), column(result, 'reason')], [[null], ['too-few-samples']]);
});
