import test from 'ava';
import type {Cell, QueryResult} from '#src/shared/index.js';
import {resultPicture} from '#ui/model/result-picture.js';
import {factsInWords, resultTable} from '#ui/model/result-table.js';
import {tableOf} from '../../support/table-of.js';

const classes = ['cat', 'dog'];

/** An answer with these columns, `bits` the value. */
function result(columns: Record<string, Cell[]>, changes: Partial<QueryResult> = {}): QueryResult {
  return {
    expression: '',
    measure: 'intra-sample entropy',
    value: 'bits',
    unit: 'bit',
    facts: {bins: 32, range: 'layer', probe: 6},
    ...tableOf(columns),
    ...changes,
  };
}

test('one value is a number, with its reason where it is undefined', t => {
  const one = {epoch: [3], layer: ['conv'], channel: [0]};
  t.deepEqual(resultPicture(result({...one, bits: [1.5]}), classes), {
    kind: 'number',
    value: 1.5,
    reason: null,
  });
  t.deepEqual(resultPicture(result({...one, bits: [null], reason: ['no-samples']}), classes), {
    ...{kind: 'number', value: null, reason: 'no-samples'},
  });
});

test('values along one axis are bars', t => {
  const answer = result({epoch: [3, 3, 3], layer: ['a', 'b', 'c'], bits: [1, null, 2]});
  t.deepEqual(resultPicture(answer, classes), {
    ...{kind: 'bars', key: 'layer', labels: ['a', 'b', 'c'], classes: null, values: [1, null, 2]},
  });
});

test('bars and lines of some of the classes know which they are, whatever their place', t => {
  const many = Array.from({length: 100}, (_, i) => `name ${i}`);
  const bars = resultPicture(result({epoch: [3, 3, 3], class: [9, 3, 47], bits: [1, null, 2]}), many);
  t.like(bars, {kind: 'bars', classes: [9, 3, 47]});
  const lines = resultPicture(
    result({
      ...{epoch: [1, 1, 1, 1, 2, 2, 2, 2], class: [9, 9, 3, 3, 9, 9, 3, 3]},
      ...{channel: [0, 1, 0, 1, 0, 1, 0, 1], bits: [1, 2, 3, 4, 5, 6, 7, 8]},
    }),
    many,
  );
  t.deepEqual(lines.kind === 'lines' && lines.lines.map(line => line.class), [9, 9, 3, 3]);
});

test('values over epochs are lines, one for each place; those of classes take their colours', t => {
  const answer = result({epoch: [0, 0, 4, 4], class: [0, 1, 0, 1], bits: [1, 2, null, 4]});
  t.deepEqual(resultPicture(answer, classes), {
    kind: 'lines',
    epochs: [0, 4],
    lines: [
      {label: 'class 0 cat', class: 0, values: [1, null]},
      {label: 'class 1 dog', class: 1, values: [2, 4]},
    ],
  });
  const channels = result({
    epoch: [0, 0, 4, 4],
    layer: ['a', 'b', 'a', 'b'],
    channel: [1, 1, 1, 1],
    bits: [1, 2, 3, 4],
  });
  t.like(resultPicture(channels, classes), {
    lines: [
      {label: 'a', class: null},
      {label: 'b', class: null},
    ],
  });
});

test('values along two axes are a grid, undefined ones NaN', t => {
  const answer = result({from_channel: [0, 0, 1, 1], to_channel: [5, 6, 5, 6], bits: [1, 2, null, 4]});
  t.deepEqual(resultPicture(answer, classes), {
    kind: 'grid',
    rowTitle: 'from channel',
    columnTitle: 'to channel',
    rowLabels: ['0', '1'],
    columnLabels: ['5', '6'],
    values: Float64Array.of(1, 2, Number.NaN, 4),
  });
});

test('more lines than an eye tells apart become a grid over the epochs', t => {
  const channels = Array.from({length: 64}, (_, i) => i);
  const answer = result({
    epoch: [...channels.map(() => 0), ...channels.map(() => 1)],
    channel: [...channels, ...channels],
    bits: [...channels, ...channels],
  });
  t.like(resultPicture(answer, classes), {kind: 'grid', columnTitle: 'epoch', columnLabels: ['0', '1']});
});

test('too many rows for a grid are not drawn, and it says so', t => {
  const many = Array.from({length: 5000}, (_, i) => i);
  const answer = result({
    epoch: many.map(i => i % 2),
    channel: many.map(i => Math.floor(i / 2)),
    bits: many,
  });
  t.like(resultPicture(answer, classes), {kind: 'none'});
});

test('maps are pictures named by what tells them apart; more than a strip holds are counted', t => {
  const maps = Array.from({length: 60}, (_, i) => Float32Array.of(i, i, i, i));
  const answer = result(
    {
      epoch: maps.map(() => 2),
      channel: maps.map(() => 7),
      sample: maps.map((_, i) => i),
      shape: maps.map(() => '2x2'),
      map: maps,
    },
    {value: 'map', unit: null},
  );
  const picture = resultPicture(answer, classes);
  if (picture.kind !== 'maps') return t.fail(picture.kind);
  t.is(picture.maps.length + picture.more, 60);
  t.deepEqual(picture.maps[3], {label: 'sample 3', shape: [2, 2], values: maps[3]!});
});

test('an empty answer says so', t => {
  t.deepEqual(resultPicture(result({bits: []}), classes), {kind: 'none', why: 'The answer is empty.'});
});

test('the table leaves out empty columns and maps, keeps the value, and can be cut short', t => {
  const answer = result({
    epoch: [1, 2, 3],
    layer: ['a', 'a', 'a'],
    bits: [null, null, null],
    reason: [null, null, null],
  });
  t.deepEqual(resultTable(answer), {
    columns: ['epoch', 'layer', 'bits'],
    tips: {epoch: 'Epochs of training; 0 is the untrained model', layer: 'Name of the layer, as in run.json'},
    rows: [
      [1, 'a', null],
      [2, 'a', null],
      [3, 'a', null],
    ],
  });
  t.is(resultTable(answer, 2).rows.length, 2);
});

test('what holds for every row is said in one line, with the n of the samples asked for', t => {
  const facts = {bins: 32, range: 'layer', probe: 6, seed: null, k: 5};
  const words = (n: number | string) => factsInWords(result({bits: [1, 2]}, {facts: {...facts, n}}));
  t.is(words(6), 'intra-sample entropy · 2 values · N = 6 · 32 bins · range layer · k = 5');
  t.regex(words(2), / · N = 2 · probe of 6 samples · 32 bins/);
  t.regex(words('1..4'), / · N = 1…4 · probe of 6 samples/);
});
