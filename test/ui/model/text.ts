import test from 'ava';
import {seededRandom} from '#src/shared/random.js';
import {bits, className, metric, percent, plural} from '#ui/model/format.js';
import {capacityTable} from '#ui/views/layers/capacity-picture.js';
import {distinct, toCsv, toJson} from '#ui/model/table-text.js';

test('CSV quotes what needs it and leaves null empty', t => {
  const table = {
    columns: ['name', 'value, bits'],
    rows: [
      ['say "so"', 1.5],
      ['two\nlines', null],
    ],
  };
  t.is(toCsv(table), 'name,"value, bits"\n"say ""so""",1.5\n"two\nlines",\n');
});

test('what a spreadsheet would compute is made safe in CSV; numbers are left as they are', t => {
  const rows = [
    ['=1+1', -1],
    ['@cat', 1e-7],
  ];
  t.is(toCsv({columns: ['class', 'bits'], rows}), "class,bits\n'=1+1,-1\n'@cat,1e-7\n");
});

test('JSON carries title, what is shown, and null as null', t => {
  const text = toJson({title: 'Entropy', shows: 'epoch 3'}, {columns: ['a', 'b'], rows: [[1, null]]});
  t.deepEqual(JSON.parse(text), {title: 'Entropy', shows: 'epoch 3', rows: [{a: 1, b: null}]});
});

test('numbers are written with their units, and undefined in words', t => {
  t.is(bits(1.79549), '1.795 bits');
  t.is(bits(null), 'undefined');
  t.is(percent(0.98765), '98.8 %');
  t.is(metric(0.000012345), '1.234e-5');
  t.is(metric(0), '0');
  t.is(metric(2.30258), '2.303');
  t.is(metric(null), 'NaN or infinite');
  t.is(metric(undefined), 'not logged');
  t.is(plural(1, 'sample'), '1 sample');
  t.is(plural(12_288, 'sample'), '12,288 samples');
});

test('a class is called by its index, and by its name where that says more', t => {
  t.is(className(['0', '1'], 1), '1');
  t.is(className(['cat', 'truck'], 1), '1 truck');
  t.is(className([], 7), '7');
});

test('no two columns of a file have one name, whatever they are called, and a name that occurs once stays', t => {
  const random = seededRandom(14);
  const words = [
    'epoch',
    'bits',
    'conv2d_1',
    'conv2d_1 (2)',
    'conv2d_1 (3)',
    '__proto__',
    '0',
    '',
    'channel',
  ];
  for (let round = 0; round < 500; round++) {
    const columns = Array.from({length: 1 + Math.floor(random() * 7)}, () => {
      return words[Math.floor(random() * words.length)] ?? '';
    });
    const rows = [columns.map((_, i) => i + 1), columns.map((_, i) => -i - 1)];
    const parsed = JSON.parse(toJson({}, {columns, rows})) as {rows: Record<string, number>[]};
    t.deepEqual(
      parsed.rows.map(row => Object.values(row).toSorted((a, b) => Math.abs(a) - Math.abs(b))),
      rows,
      columns.join('|'),
    );
    const head = toCsv({columns, rows: []}).trimEnd();
    t.is(new Set(head.split(',')).size, columns.length, head);
    for (const [i, name] of columns.entries()) {
      if (columns.indexOf(name) === columns.lastIndexOf(name)) t.is(distinct(columns)[i], name);
    }
  }
});

test('the capacity of a layer with itself, or of one called as another column is, keeps both channels of every pair', t => {
  const layers = [
    ['conv2d_1', 'conv2d_1'],
    ['epoch', 'bits'],
    ['bits', 'bits'],
    ['p', 'H(X)'],
  ] as const;
  for (const [from, to] of layers) {
    const matrix = {
      ...{rows: 2, columns: 3, n: 9, pairs: 36, bins: 8, permutations: 0, p: null},
      ...{bits: Float64Array.of(0, 1, 2, 3, 4, 5), hx: Float64Array.of(6, 7), hy: Float64Array.of(8, 9, 10)},
    };
    const loaded = {run: 'r', from, to, epoch: 4, expression: '', matrix, beyondChance: null};
    const table = capacityTable(loaded);
    const {rows} = JSON.parse(toJson({}, table)) as {rows: Record<string, number>[]};
    t.is(rows.length, 6);
    for (const [at, row] of rows.entries()) {
      const values = Object.values(row);
      t.deepEqual(values.slice(0, 3), [4, Math.floor(at / 3), at % 3], table.columns.join());
      t.like(row, {epoch: 4, bits: at});
    }
  }
});
