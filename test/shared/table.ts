import test from 'ava';
import fc from 'fast-check';
import {
  cellsOf,
  columnFrom,
  concatTables,
  constantColumn,
  emptyTable,
  filterRows,
  isConstant,
  numbersOf,
  rowsOf,
  sliceRows,
  tableFromRows,
  takeRows,
  type Cell,
  type Table,
} from '#src/shared/index.js';

interface Row {
  epoch: number;
  class: number | null;
  value: number | null;
  name: string | null;
  map: Float32Array | null;
}

const TYPES = [
  ['epoch', 'int32'],
  ['class', 'int32?'],
  ['value', 'double?'],
  ['name', 'string?'],
  ['map', 'map'],
] as const;

const row: fc.Arbitrary<Row> = fc.record(
  {
    epoch: fc.integer({min: 0, max: 3}),
    class: fc.option(fc.integer({min: 0, max: 2}), {freq: 2}),
    value: fc.option(fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity)), {freq: 3}),
    name: fc.option(fc.oneof(fc.constantFrom('', 'a', 'b', 'λ'.repeat(9000)), fc.string()), {freq: 3}),
    map: fc.option(fc.float32Array({maxLength: 3})),
  },
  {noNullPrototype: true},
);
const rows = fc.oneof(
  fc.array(row, {maxLength: 30}),
  row.map(only => [only]),
);

const tableOf = (of: readonly Row[]): Table<Row> => tableFromRows('t', TYPES, of);
const runs = {seed: 7, numRuns: 200};

test('the rows of a table are those that it was made of', t => {
  fc.assert(
    fc.property(rows, written => {
      t.deepEqual(rowsOf(tableOf(written)), written);
    }),
    runs,
  );
});

test('tables one after the other have the rows of each, and each word once', t => {
  fc.assert(
    fc.property(fc.array(rows, {minLength: 1, maxLength: 4}), parts => {
      const joined = concatTables(parts.map(part => tableOf(part) as unknown as Table));
      t.is(joined.rows, parts.flat().length);
      t.deepEqual(rowsOf(joined) as unknown[], parts.flat());
      const {name} = (joined as unknown as Table<Row>).columns;
      if (parts.length > 1) t.is(new Set(name.words).size, name.words.length);
    }),
    runs,
  );
});

test('a filter keeps the rows that hold what is wanted, null for those that hold nothing', t => {
  const wanted = fc.record(
    {
      epoch: fc.integer({min: 0, max: 3}),
      class: fc.option(fc.integer({min: 0, max: 2})),
      name: fc.option(fc.constantFrom('', 'a', 'b')),
      value: fc.constant(null),
    },
    {requiredKeys: [], noNullPrototype: true},
  );
  fc.assert(
    fc.property(rows, wanted, (written, what) => {
      const kept = written.filter(of =>
        Object.entries(what).every(([column, value]) => of[column as keyof Row] === value),
      );
      t.deepEqual(rowsOf(filterRows(tableOf(written), what)), kept);
    }),
    runs,
  );
  t.is(filterRows(tableOf([]), {layer: 'conv'}).rows, 0);
  t.is(filterRows(emptyTable(TYPES), {epoch: 0}).rows, 0);
});

test('rows are taken in the order given, again where one is given twice; those that follow on each other are not copied', t => {
  fc.assert(
    fc.property(rows, fc.array(fc.nat(1000), {maxLength: 12}), fc.nat(30), (written, picks, first) => {
      const table = tableOf(written);
      const indices = written.length === 0 ? [] : picks.map(pick => pick % written.length);
      t.deepEqual(
        rowsOf(takeRows(table, indices)),
        indices.map(i => written[i]),
      );
      const part = sliceRows(table, first, Math.max(first, written.length));
      t.deepEqual(rowsOf(part) as unknown[], written.slice(first));
    }),
    runs,
  );
  const table = tableOf(Array.from({length: 9}, (_, i) => rowAt(i)));
  const {epoch} = takeRows(table, [3, 4, 5]).columns;
  t.is(epoch.values.buffer, table.columns.epoch.values.buffer);
});

function rowAt(epoch: number): Row {
  return {epoch, class: null, value: epoch / 2, name: 'a', map: null};
}

test('a column is constant where every row has the very same value', t => {
  const few = fc.constantFrom(null, 0, -0, NaN, 1);
  fc.assert(
    fc.property(fc.array(few, {maxLength: 4}), cells => {
      const same = cells.every(cell => Object.is(cell, cells[0]));
      t.is(isConstant(columnFrom('double?', cells)), same);
    }),
    runs,
  );
  t.true(isConstant(columnFrom('string?', [null, null])));
  t.false(isConstant(columnFrom('int32?', [0, null])));
  t.false(isConstant(columnFrom('map', [null, null])));
});

test('a constant column is that of its value as often', t => {
  const cases = [
    ['int32', 5],
    ['int32?', null],
    ['double?', null],
    ['double', -0],
    ['string?', 'a'],
    ['string?', null],
    ['map', null],
  ] as const;
  for (const [type, cell] of cases) {
    for (const count of [0, 1, 3]) {
      const expected = Array.from({length: count}, () => cell as Cell);
      t.deepEqual(cellsOf(constantColumn(type, cell, count)), expected, type);
    }
  }
});

test('numbers are NaN where there is none', t => {
  t.deepEqual(numbersOf(columnFrom('int32?', [1, null])), Float64Array.of(1, NaN));
  t.deepEqual(numbersOf(columnFrom('double?', [null, -0])), Float64Array.of(NaN, -0));
});

test('what does not fit its column is refused by row and rule', t => {
  t.throws(() => columnFrom('int32?', [1, 0.5]), {message: 'row 1 must be a 32-bit integer, got 0.5'});
  t.throws(() => columnFrom('double', [null]), {message: 'row 0 must be double, got object'});
  t.throws(() => columnFrom('string?', ['a', 3]), {message: 'row 1 must be string?, got 3'});
  t.throws(() => columnFrom('map', [[1, 2]]), {message: 'row 0 must be a map, got object'});
});

test('tables of other columns are not put together', t => {
  const one = emptyTable(TYPES);
  t.throws(() => concatTables([]), {instanceOf: RangeError});
  t.throws(() => concatTables([one, emptyTable([['epoch', 'int32']])]), {
    instanceOf: RangeError,
    message: 'The table has no column class; its columns are epoch.',
  });
  const other = {...one.columns, epoch: columnFrom('double', [])};
  t.throws(() => concatTables([one, {rows: 0, columns: other}]), {
    instanceOf: TypeError,
    message: 'concatTables: a column is int32 and double.',
  });
});
