import test from 'ava';
import {
  LAYER_MEASURES,
  type ConfusionRow,
  type LayerEntropyRow,
  type LayerInfo,
  type LayerMeasure,
  type LogsRow,
  type PredictionsRow,
  type Table,
} from '#src/shared/index.js';
import {samplesInCell} from '#ui/model/cell-samples.js';
import {lostEpochs, lostPredictions} from '#ui/model/lost-predictions.js';
import {completed, confusionColours, confusionMatrix, rowShares} from '#ui/model/confusion.js';
import {deficit, layerBars, numberOf} from '#ui/model/layer-bars.js';
import {metricGroups} from '#ui/model/training-logs.js';
import {tableOf} from '../../support/table-of.js';

/** A table from its rows. */
function columnsOf<Row extends object>(names: string[], ...rows: (string | number | null)[][]): Table<Row> {
  return tableOf(Object.fromEntries(names.map((name, i) => [name, rows.map(row => row[i] ?? null)])));
}

function layerInfo(name: string, className: string, index: number): LayerInfo {
  return {index, name, className, spatial: [], channels: 2};
}

test('the confusion matrix has true classes as rows, and its sums', t => {
  const table = columnsOf<ConfusionRow>(
    ['epoch', 'label', 'predicted', 'count'],
    [3, 0, 0, 4],
    [3, 0, 1, 1],
    [3, 1, 0, 2],
  );
  const matrix = confusionMatrix(table, {classes: 3});
  t.deepEqual([...matrix.counts], [4, 1, 0, 2, 0, 0, 0, 0, 0]);
  t.deepEqual([...matrix.rowTotals], [5, 2, 0]);
  t.deepEqual([...matrix.columnTotals], [6, 1, 0]);
  t.is(matrix.total, 7);
  t.is(matrix.correct, 4);
});

for (const classes of [2, 3, 21, 100]) {
  test(`of ${classes} classes, predictions that are none leave the matrix, and are counted as undefined`, t => {
    const samples = 7;
    const labels = Array.from({length: classes}, (_, label) => label);
    const table = columnsOf<ConfusionRow>(
      ['epoch', 'label', 'predicted', 'count'],
      // As an earlier version counted a NaN: every sample is of class 0.
      ...labels.map(label => [4, label, 0, samples]),
    );
    const lost = labels.flatMap(label =>
      Array.from({length: samples}, () => ({epoch: 4, label, predicted: 0})),
    );
    const evaluated = classes * samples;
    const none = confusionMatrix(table, {classes, evaluated, lost});
    t.like(none, {total: 0, correct: 0, undefined: evaluated});
    t.true(none.counts.every(count => count === 0));
    const some = confusionMatrix(table, {classes, evaluated, lost: lost.slice(0, 3)});
    t.like(some, {total: evaluated - 3, correct: samples - 3, undefined: 3});
    // A newer version leaves them out itself.
    const fewer = columnsOf<ConfusionRow>(['epoch', 'label', 'predicted', 'count'], [4, 1, 1, samples]);
    t.like(confusionMatrix(fewer, {classes, evaluated}), {
      ...{total: samples, correct: samples, undefined: evaluated - samples},
    });
  });
}

test('predictions without a probability are none, but those that name no class already', t => {
  const table = columnsOf<PredictionsRow>(
    ['epoch', 'label', 'predicted', 'probability'],
    [1, 0, 0, 0.5],
    [2, 0, 0, null],
    [3, 1, -1, null],
  );
  t.deepEqual(
    lostPredictions(table).map(({epoch}) => epoch),
    [2],
  );
  const logs = columnsOf<LogsRow>(
    ['epoch', 'name', 'value'],
    [1, 'loss', 2],
    [2, 'acc', null],
    [3, 'loss', null],
  );
  t.deepEqual(lostEpochs(logs), [3]);
});

test('shares of a row sum to 1, and those of an absent class are undefined', t => {
  const table = columnsOf<ConfusionRow>(['epoch', 'label', 'predicted', 'count'], [0, 0, 0, 1], [0, 0, 1, 3]);
  t.deepEqual([...rowShares(confusionMatrix(table, {classes: 2}))], [0.25, 0.75, Number.NaN, Number.NaN]);
});

test('the matrix has the classes that its rows name, and more where the run has more', t => {
  const table = columnsOf<ConfusionRow>(['epoch', 'label', 'predicted', 'count'], [0, 2, 0, 1], [0, 1, 1, 3]);
  const matrix = confusionMatrix(table);
  t.is(matrix.classes, 3);
  const larger = completed(matrix, {classes: 4});
  t.deepEqual([...larger.counts], [...[0, 0, 0, 0], ...[0, 3, 0, 0], ...[1, 0, 0, 0], ...[0, 0, 0, 0]]);
  t.deepEqual([larger.total, larger.correct], [4, 3]);
});

test('the scale of errors leaves the diagonal out, and the logarithmic one tells 1 % from none', t => {
  const table = columnsOf<ConfusionRow>(
    ['epoch', 'label', 'predicted', 'count'],
    [0, 0, 0, 99],
    [0, 0, 1, 1],
    [0, 1, 1, 50],
  );
  const matrix = confusionMatrix(table);
  const errors = confusionColours(matrix, 'counts', 'errors');
  t.deepEqual([...errors.values], [Number.NaN, 1, 0, Number.NaN]);
  t.is(errors.end, 1);
  const log = confusionColours(matrix, 'shares', 'log');
  t.deepEqual([log.values[2], log.of(1), log.end], [0, 1, 1]);
  t.true(log.values[1]! > 0.35 && log.values[1]! < 0.45, String(log.values[1]));
  t.is(confusionColours(matrix, 'counts', 'linear').end, 100);
});

test('logs are grouped by metric over the epochs of all runs, loss first, acc and accuracy as one', t => {
  const names = ['epoch', 'name', 'value'];
  const groups = metricGroups([
    {
      run: 'a',
      table: columnsOf<LogsRow>(names, [1, 'mse', 9], [1, 'acc', 0.5], [1, 'loss', 2], [1, 'val_loss', 3]),
    },
    {run: 'b', table: columnsOf<LogsRow>(names, [2, 'loss', 1], [2, 'accuracy', 0.7])},
  ]);
  t.deepEqual(
    groups.map(group => group.metric),
    ['loss', 'accuracy', 'mse'],
  );
  t.deepEqual(groups[0], {
    metric: 'loss',
    epochs: [1, 2],
    series: [
      {run: 'a', split: 'train', values: [2, undefined]},
      {run: 'a', split: 'val', values: [3, undefined]},
      {run: 'b', split: 'train', values: [undefined, 1]},
    ],
  });
  t.deepEqual(
    groups[1]?.series.map(line => line.run),
    ['a', 'b'],
  );
});

const measured = (title: string) => LAYER_MEASURES.find(measure => measure.title === title) as LayerMeasure;
const interSample = measured('inter-sample entropy');

test('inter-sample bars are in the order of the layers, runs side by side, with their N and k', t => {
  const names = ['epoch', 'layer', 'class', 'bits', 'log2_edges', 'k', 'n'];
  const first = columnsOf<LayerEntropyRow>(
    names,
    [5, 'dense', null, 8, 9, 15, 100],
    [5, 'conv', null, 7, 9, 15, 100],
    [5, 'conv', 3, 1, 2, 5, 10],
    [4, 'conv', null, 6, 9, 15, 100],
  );
  const second = columnsOf<LayerEntropyRow>(names, [5, 'conv', null, null, null, 15, 50]);
  const layers = [layerInfo('conv', 'Conv2D', 0), layerInfo('dense', 'Dense', 1)];
  const shaped = layerBars(
    interSample,
    [
      {table: first, layers},
      {table: second, layers},
    ],
    5,
  );
  t.deepEqual(shaped.layers, ['conv', 'dense']);
  t.deepEqual(
    shaped.bars.map(bars => bars.map(row => row && row.bits)),
    [
      [7, null],
      [8, null],
    ],
  );
  t.is(shaped.bars[1]?.[1], null);
  t.deepEqual(shaped.n, [50, 100]);
  t.deepEqual(shaped.k, [15]);
  const [conv, undefinedBits] = shaped.bars[0] ?? [];
  t.is(deficit(conv ?? null, interSample), 2);
  t.is(deficit(undefinedBits ?? null, interSample), null);
});

test('layers that tfjs has numbered on from an earlier model are shown next to those of that model', t => {
  const names = ['epoch', 'layer', 'class', 'bits', 'log2_edges', 'k', 'n'];
  const run = (first: number, bits: number) => ({
    table: columnsOf<LayerEntropyRow>(
      names,
      [1, `conv2d_Conv2D${first}`, null, bits, 9, 15, 100],
      [1, `conv2d_Conv2D${first + 1}`, null, bits + 1, 9, 15, 100],
    ),
    layers: [first, first + 1].map((count, i) => layerInfo(`conv2d_Conv2D${count}`, 'Conv2D', i)),
  });
  const shaped = layerBars(interSample, [run(3, 5), run(1, 7), run(3, 6)], 1);
  t.deepEqual(shaped.layers, ['conv2d_Conv2D3', 'conv2d_Conv2D4']);
  t.deepEqual(
    shaped.bars.map(bars => bars.map(row => row?.bits)),
    [
      [5, 7, 6],
      [6, 8, 7],
    ],
  );
});

test('bars of a measure without neighbours name no k; a run that has not recorded it is known', t => {
  const names = ['epoch', 'layer', 'class', 'matrix_bits', 'k', 'n'];
  const layers = [layerInfo('conv', 'Conv2D', 0)];
  const matrix = measured('matrix entropy');
  const recorded = {table: columnsOf(names, [5, 'conv', null, 3, 15, 100]), layers};
  const earlier = {...recorded, table: {...recorded.table, notRecorded: ['matrix_bits']}};
  const without = {...recorded, table: columnsOf(names)};
  const {bars, n, k, notRecorded} = layerBars(matrix, [recorded, earlier, without], 5);
  t.is(numberOf(bars[0]?.[0] ?? null, matrix.column), 3);
  t.is(deficit(bars[0]?.[0] ?? null, matrix), null);
  t.deepEqual([n, k], [[100], []]);
  t.deepEqual(notRecorded, [[], ['matrix_bits'], ['matrix_bits']]);
});

test('the samples of a cell come surest first, those without a probability last', t => {
  const names = ['epoch', 'sample', 'label', 'predicted', 'probability'];
  const table = columnsOf<PredictionsRow>(
    names,
    [0, 4, 1, 2, null],
    [0, 5, 1, 2, 0.4],
    [0, 6, 1, 2, 0.9],
    [0, 7, 1, 1, 0.99],
  );
  t.deepEqual(
    samplesInCell(table, {label: 1, predicted: 2}).map(row => row.sample),
    [6, 5, 4],
  );
});
