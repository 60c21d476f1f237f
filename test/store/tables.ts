import test from 'ava';
import {TABLE_SCHEMAS, type ColumnType, type TableColumn} from 'cnnslicer/store';
import fc from 'fast-check';
import {rowsOf, type ConfusionRow, type LogsRow, type TableName, type TableRows} from '#src/shared/index.js';
import {decodeTable} from '#src/store/decode-table.js';
import {encodeTable, metricTable} from '#src/store/table-file.js';

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
        const written = metricTable(table, rows as unknown as TableRows[TableName][]);
        t.deepEqual(rowsOf(await decodeTable(table, encodeTable(table, written))), rows as never);
      }),
      {seed: 2, numRuns: 60},
    );
  });
}

test('columns with few different values, which are written as dictionaries, read back', async t => {
  const rows: LogsRow[] = Array.from({length: 5000}, (_, i) => ({
    epoch: i % 3,
    name: i % 2 === 0 ? 'loss' : 'acc',
    value: [0, -0, null, NaN, 1][i % 5] as number | null,
  }));
  const bytes = encodeTable('logs', metricTable('logs', rows));
  t.deepEqual(rowsOf(await decodeTable('logs', bytes)), rows);
});

test('a value that does not fit its column is refused by table, row and column', t => {
  const good: ConfusionRow = {epoch: 0, label: 1, predicted: 1, count: 5};
  const bad = (change: object) => () => metricTable('confusion', [good, {...good, ...change}]);
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
  t.throws(() => metricTable('toString' as TableName, []), {
    instanceOf: RangeError,
    message: /^There is no table toString; the tables are logs, confusion, /,
  });
});
