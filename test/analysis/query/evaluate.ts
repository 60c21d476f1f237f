import test from 'ava';
import type {LayerInfo} from '#src/shared/index.js';
import {column, writtenCube} from '../../support/cube.js';
import {CONV, runInfo} from '../../support/run-folder.js';
import {layerMaps, tableRows} from '../../support/written-run.js';
import {closeTo} from '../../support/close-to.js';

const info = runInfo();

test('class entropies come per class and epoch, undefined with its reason', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('H(label | y)');
  t.is(result.rows, 9);
  t.deepEqual(column(result, 'bits')[0], null);
  t.deepEqual(column(result, 'reason')[0], 'never-predicted');
  t.deepEqual(column(result, 'name').slice(0, 3), ['a', 'b', 'c']);
  const other = await cube.query('H(y | label=c, epoch=1..2)');
  const expected = [1, 2].map(epoch => tableRows(info, epoch).class_entropy[2]?.pred_given_label);
  t.deepEqual(column(other, 'bits'), expected);
});

test('class entropies say of how many samples they are, which prior, and what Miller and Madow add', async t => {
  const cube = await writtenCube(t);
  const cells = tableRows(info, 1).confusion;
  for (const [question, by] of [
    ['H(label | y, epoch=1)', 'predicted'],
    ['H(y | label, epoch=1)', 'label'],
  ] as const) {
    const result = await cube.query(question);
    for (const index of [0, 1, 2]) {
      const counts = cells.filter(cell => cell[by] === index).map(({count}) => count);
      const n = counts.reduce((a, b) => a + b);
      const occupied = counts.filter(count => count > 0).length;
      t.is(column(result, 'n')[index], n);
      const bits = Number(column(result, 'bits')[index]);
      const corrected = Number(column(result, 'corrected')[index]);
      closeTo(t, corrected - bits, (occupied - 1) / (2 * n * Math.LN2), 1e-12);
    }
    const perClass = [0, 1, 2].map(index =>
      cells.filter(({label}) => label === index).reduce((sum, {count}) => sum + count, 0),
    );
    t.is(result.facts['prior'], `uneven, ${Math.min(...perClass)}..${Math.max(...perClass)} samples a class`);
  }
});

test('values outside a fixed range are counted, of the slice alone', async t => {
  const cube = await writtenCube(t);
  const outside = (maps: Float32Array, lo: number, hi: number) =>
    maps.filter(value => value < lo || value > hi).length;
  const maps = layerMaps(info, CONV, 1);
  const all = await cube.query('H(dCNN(*, conv2d_1, *, 1), range=0.25..0.5)');
  t.is(all.facts['clipped'], outside(maps, 0.25, 0.5));
  t.true(Number(all.facts['clipped']) > 0);
  const again = await cube.query('H(dCNN(*, conv2d_1, *, 1), range=0.25..0.5)');
  t.is(again.facts['clipped'], all.facts['clipped'], 'from a kept table too');
  const [pixels, channels] = [15, 7];
  const some = maps.filter(
    (_, i) => i % channels === 2 && [1, 4].includes(Math.floor(i / channels / pixels)),
  );
  const part = await cube.query('H(dCNN({1,4}, conv2d_1, 2, 1), range=0.25..0.5)');
  t.is(part.facts['clipped'], outside(some, 0.25, 0.5));
  t.is((await cube.query('H(dCNN(*, conv2d_1, *, 1), range=-9..9)')).facts['clipped'], 0);
  t.false('clipped' in (await cube.query('H(dCNN(*, conv2d_1, *, 1))')).facts);
});

test('dCNN gives the feature maps themselves', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('dCNN(label=2, conv2d_1, {0,6}, 1)');
  t.deepEqual(column(result, 'sample'), [4, 5, 4, 5]);
  t.deepEqual(column(result, 'label'), [2, 2, 2, 2]);
  t.is(column(result, 'shape')[0], '3x5');
  const maps = layerMaps(info, CONV, 1);
  const expected = Float32Array.from({length: 15}, (_, pixel) => maps[(5 * 15 + pixel) * 7 + 6] as number);
  t.deepEqual(column(result, 'map')[3], expected);
});

test('an aggregate leaves out undefined values and counts them; aggregates nest', async t => {
  const cube = await writtenCube(t);
  const bits = column(await cube.query('H(label | y, epoch=0)'), 'bits').filter(
    value => value !== null,
  ) as number[];
  const mean = await cube.query('mean(H(label | y, epoch=0) over class)');
  t.is(mean.rows, 1);
  closeTo(t, column(mean, 'bits')[0], bits.reduce((a, b) => a + b) / bits.length, 1e-12);
  t.deepEqual([column(mean, 'values'), column(mean, 'undefined')], [[2], [1]]);
  const nested = await cube.query('max(mean(H(dCNN(*, conv2d_1, *, *)) over channel) over epoch)');
  t.is(nested.rows, 1);
  t.is(nested.measure, 'max over epoch of mean over channel of intra-sample entropy');
  const std = await cube.query('std(H(dCNN(*, conv2d_1, *, 0)) over channel)');
  const values = column(await cube.query('H(dCNN(*, conv2d_1, *, 0))'), 'bits') as number[];
  const center = values.reduce((a, b) => a + b) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length);
  closeTo(t, column(std, 'bits')[0], spread, 1e-12);
  t.like(await cube.query('min(H(dCNN(label=*, conv2d_1, 1, 0)) over class)'), {rows: 1});
});

test('a layer goes by its alias too, whatever tfjs has called it', async t => {
  const [input, conv, dense] = runInfo().layers as [LayerInfo, LayerInfo, LayerInfo];
  const layers = [input, {...conv, name: 'conv2d_Conv2D7'}, {...dense, name: 'dense_Dense3'}];
  const cube = await writtenCube(t, {info: {layers}});
  const result = await cube.query('Hx(dCNN(*, {conv2d_1,dense_1,input_1}, *, 2))');
  t.deepEqual(column(result, 'layer'), ['conv2d_Conv2D7', 'dense_Dense3', input.name]);
  const range = await cube.query('C(dCNN(*, conv2d_1..dense_1, 0, 2), dCNN(*, 0, 0, 2))');
  t.deepEqual(column(range, 'from_layer'), ['conv2d_Conv2D7', 'dense_Dense3']);
  await t.throwsAsync(() => cube.query('H(dCNN(*, conv2d_2, *, 0))'), {message: /Did you mean conv2d_1\?$/});
});

/** Queries that name what the run does not have, and their errors. */
const MISSING: [expression: string, message: string][] = [
  ['H(dCNN(*, conv2d_2, *, 0))', 'The run has no layer "conv2d_2". Did you mean conv2d_1?'],
  ['H(dCNN(*, 9, *, 0))', 'The run has no layer 9; the last is 2, dense_1.'],
  ['H(dCNN(*, dense_1..conv2d_1, *, 0))', 'Layer dense_1 comes after conv2d_1; write conv2d_1..dense_1.'],
  ['H(dCNN(*, conv2d_1, 7, 0))', 'Layer conv2d_1 has no channel 7; its channels are 0..6.'],
  ['H(dCNN(*, conv2d_1, 8..9, 0))', 'Layer conv2d_1 has no channel 8..9; its channels are 0..6.'],
  ['H(dCNN(*, conv2d_1, *, 7))', 'The run has no epoch 7; the nearest is 2, captured are 0, 1, 2.'],
  [
    'H(dCNN(*, conv2d_1, *, 5..9:2))',
    'The run has no epoch in 5..9:2; the nearest is 2, captured are 0, 1, 2.',
  ],
  ['H(dCNN(label=3, conv2d_1, *, 0))', 'The run has no class 3; its classes are 0..2.'],
  ['H(dCNN(label=bb, conv2d_1, *, 0))', 'The run has no class "bb". Did you mean b?'],
  ['H(dCNN(6, conv2d_1, *, 0))', 'The probe has no sample 6; its samples are 0..5.'],
  [
    'mean(H(dCNN(*, conv2d_1, *, 0)) over class)',
    'There is nothing to take the mean over class: ask for classes with label=* or a list of them.',
  ],
  [
    'mean(Hx(dCNN(*, conv2d_1, *, 0)) over channel)',
    'There is nothing to take the mean over channel: this measure has one value a layer.',
  ],
];

for (const [expression, message] of MISSING) {
  test(`${expression} is answered: ${message}`, async t => {
    const cube = await writtenCube(t);
    await t.throwsAsync(cube.query(expression), {name: 'NoSuchSlice', message});
  });
}

test('the steps of a range count from where it begins', async t => {
  const cube = await writtenCube(t, {epochs: [0, 1, 2, 3, 4, 5]});
  const epochs = async (range: string) => [
    ...new Set(column(await cube.query(`H(dCNN(*, conv2d_1, 0, ${range}))`), 'epoch')),
  ];
  t.deepEqual(await epochs('1..5:2'), [1, 3, 5]);
  t.deepEqual(await epochs('2..9:3'), [2, 5]);
  const layers = column(await cube.query('Hx(dCNN(*, 1..2:2, *, 0))'), 'layer');
  t.deepEqual(layers, ['conv2d_1']);
});

test('a run without a finished epoch says so', async t => {
  const cube = await writtenCube(t, {epochs: []});
  await t.throwsAsync(cube.query('H(dCNN(*, 1, *, 0))'), {message: 'The run has no finished epoch yet.'});
});

test('a result says what was understood', async t => {
  const cube = await writtenCube(t);
  t.is((await cube.query(' H( dCNN( - ,1,*, 0..2:1 ) ) ')).expression, 'H(dCNN(*, 1, *, 0..2))');
});
