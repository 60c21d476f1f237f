import test from 'ava';
import {TABLE_SCHEMAS, type ColumnType, type TableColumn} from 'cnnslicer/store';
import fc from 'fast-check';
import type {ConfusionRow, LogsRow, TableName} from '#src/shared/index.js';
import {asColumns, asRows, asTyped, decodeTable} from '#src/store/decode-table.js';
import {encodeTable} from '#src/store/table-file.js';
import type {TypedColumn} from '#src/store/typed-columns.js';

const int32 = fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1});
const double = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity));
const text = fc.string({unit: 'binary'});

const VALUES: Record<ColumnType, fc.Arbitrary<number | string | null>> = {
  int32,
  'int32?': fc.option(int32),
  double,
  'double?': fc.option(double),
  string: text,
  'string?': fc.option(text),
};

for (const table of Object.keys(TABLE_SCHEMAS) as TableName[]) {
  test(`any rows of ${table} read back as they were written`, async t => {
    const columns = Object.entries<TableColumn>(TABLE_SCHEMAS[table]);
    const row = fc.record(Object.fromEntries(columns.map(([column, {type}]) => [column, VALUES[type]])), {
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, {maxLength: 40}), async rows => {
        const typed = rows as unknown as Parameters<typeof encodeTable>[1];
        t.deepEqual(asRows(await decodeTable(table, encodeTable(table, typed))), typed as never);
      }),
      {seed: 2, numRuns: 60},
    );
  });

  test(`the typed columns of ${table} hold what its columns hold, with NaN for an undefined double`, async t => {
    const columns = Object.entries<TableColumn>(TABLE_SCHEMAS[table]);
    const row = fc.record(Object.fromEntries(columns.map(([column, {type}]) => [column, VALUES[type]])));
    await fc.assert(
      fc.asyncProperty(fc.array(row, {maxLength: 40}), async rows => {
        const bytes = encodeTable(table, rows as unknown as Parameters<typeof encodeTable>[1]);
        const decoded = await decodeTable(table, bytes);
        const plain = asColumns(decoded);
        const typed = asTyped(decoded);
        t.is(typed.rows, plain.rows);
        for (const [name, column] of Object.entries(typed.columns)) {
          const isDouble = column.type === 'double';
          t.deepEqual(
            Array.from({length: rows.length}, (_, i) => cellOf(column, i)),
            plain.columns[name]?.map(value => (isDouble ? (value ?? NaN) : value)) ?? [],
          );
        }
      }),
      {seed: 3, numRuns: 40},
    );
  });
}

function cellOf(column: TypedColumn, row: number): number | string | null {
  const value = column.values[row] as number;
  if (column.type === 'string') return column.words[value] ?? null;
  return column.type === 'int32' && column.nulls?.[row] === 1 ? null : value;
}

test('columns with few different values, which are written as dictionaries, read back', async t => {
  const rows: LogsRow[] = Array.from({length: 5000}, (_, i) => ({
    epoch: i % 3,
    name: i % 2 === 0 ? 'loss' : 'acc',
    value: [0, -0, null, NaN, 1][i % 5] as number | null,
  }));
  t.deepEqual(asRows(await decodeTable('logs', encodeTable('logs', rows))), rows);
});

test('a value that does not fit its column is refused by table, row and column', t => {
  const good: ConfusionRow = {epoch: 0, label: 1, predicted: 1, count: 5};
  const bad = (change: object) => () => encodeTable('confusion', [good, {...good, ...change}]);
  t.throws(bad({count: 1.5}), {
    instanceOf: RangeError,
    message: 'table confusion: row 1, column count must be a 32-bit integer, got 1.5.',
  });
  t.throws(bad({count: 2 ** 31}), {instanceOf: RangeError});
  t.throws(bad({label: null}), {
    instanceOf: TypeError,
    message: 'table confusion: row 1, column label must be int32, got null.',
  });
  t.throws(bad({predicted: undefined}), {
    instanceOf: TypeError,
    message: 'table confusion: row 1, column predicted must be int32, got undefined.',
  });
});

test('an unknown table is refused with the known ones', t => {
  t.throws(() => encodeTable('toString' as TableName, []), {
    instanceOf: RangeError,
    message: /^There is no table toString; the tables are logs, confusion, /,
  });
});
