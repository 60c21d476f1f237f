import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {tableFromIPC, type Vector} from 'apache-arrow';
import test from 'ava';
import fc from 'fast-check';
import {cellsOf, columnFrom, type Cell, type CellType, type Column, type Table} from '#src/shared/index.js';
import type {TextEncoding} from '#src/store/arrow/column-batches.js';
import {tableStream} from '#src/store/arrow/table-stream.js';
import {announcedTable} from '#ui/api/announced-table.js';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const ENCODINGS = ['utf8', 'dictionary'] as const;

function stream(columns: Table['columns'], texts: TextEncoding = 'dictionary'): Uint8Array {
  const rows = Object.values(columns)[0]?.values.length ?? 0;
  return Buffer.concat([...tableStream({rows, columns}, {about: {rows}, texts})]);
}

/** How many of a column's rows have no value, and all of them, as a reader that is not ours sees them. */
function read(column: Column, texts: TextEncoding): {nulls: number; values: unknown[]} {
  const vector = tableFromIPC(stream({column}, texts)).getChild('column') as Vector;
  return {nulls: vector.nullCount, values: [...vector] as unknown[]};
}

const double = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity));
const CELLS: Record<'int32?' | 'double?' | 'string?' | 'map', fc.Arbitrary<Cell>> = {
  'int32?': fc.option(fc.oneof(fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1}), fc.constant(7))),
  'double?': fc.option(double),
  'string?': fc.option(fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('', 'a', 'λ'.repeat(5000)))),
  map: fc.option(fc.float32Array({maxLength: 5})),
};

for (const [type, cell] of Object.entries(CELLS) as [CellType, fc.Arbitrary<Cell>][]) {
  test(`any ${type} column reads back in the viewer: values, nulls, NaN, -0, no row, all null`, t => {
    const cells = fc.oneof(
      fc.array(cell, {maxLength: 40}),
      fc.array(fc.constant(null), {maxLength: 9}),
      cell.map(only => [only]),
    );
    const property = fc.property(cells, fc.constantFrom(...ENCODINGS), (written, texts) => {
      const {about, columns} = announcedTable(stream({column: columnFrom(type, written)}, texts));
      t.is(about.rows, written.length);
      t.deepEqual(cellsOf(columns['column'] as Column), written);
      t.is(columns['column']?.type, type.replace('?', '') as Column['type']);
    });
    fc.assert(property, {seed: 5, numRuns: 150});
  });
}

test('rows without a value are marked, and counted, in columns of any length', t => {
  for (const texts of ENCODINGS) {
    for (const rows of [2, 7, 8, 9, 16, 17]) {
      const numbers = Array.from({length: rows}, (_, i) => i);
      const holes = numbers.map(i => (i % 3 === 1 ? null : i));
      const nulls = holes.filter(value => value === null).length;
      for (const type of ['int32?', 'double?'] as const) {
        t.deepEqual(read(columnFrom(type, numbers), texts), {nulls: 0, values: numbers});
        t.deepEqual(read(columnFrom(type, holes), texts), {nulls, values: holes});
      }
      const words = numbers.map(i => `w${i}`);
      t.deepEqual(read(columnFrom('string?', words), texts), {nulls: 0, values: words});
      const gaps = holes.map(value => (value === null ? null : `w${value}`));
      t.deepEqual(read(columnFrom('string?', gaps), texts), {nulls, values: gaps});
    }
  }
});

test('a long table comes in several batches, which readers put together', t => {
  const rows = 40_000;
  const name = Array.from({length: rows}, (_, row) => (row % 5 === 0 ? null : `name ${row % 7}`));
  const value = Array.from({length: rows}, (_, row) => (row % 11 === 0 ? null : row / 3));
  const columns = {name: columnFrom('string?', name), value: columnFrom('double?', value)};
  for (const texts of ENCODINGS) {
    const bytes = stream(columns, texts);
    const arrow = tableFromIPC(bytes);
    t.true(arrow.batches.length > 1);
    t.deepEqual([...(arrow.getChild('name') as Vector)] as unknown[], name);
    t.deepEqual([...(arrow.getChild('value') as Vector)] as unknown[], value);
    const {columns: decoded} = announcedTable(bytes);
    t.deepEqual(cellsOf(decoded['name'] as Column), name);
    t.deepEqual(cellsOf(decoded['value'] as Column), value);
  }
});

pythonTest('Polars reads both ways in which texts are sent, over several batches', async t => {
  const rows = 20_000;
  const name = Array.from({length: rows}, (_, row) => (row % 5 === 0 ? null : `λ ${row % 7}`));
  const value = Array.from({length: rows}, (_, row) => [row / 2, null, NaN, -0, Infinity][row % 5] as Cell);
  const columns = {name: columnFrom('string?', name), value: columnFrom('double?', value)};
  const folder = await temporaryFolder(t);
  for (const texts of ENCODINGS) {
    const path = join(folder, texts);
    await writeFile(path, stream(columns, texts));
    const printed = await python(
      '-c',
      `import polars, sys
frame = polars.read_ipc_stream(sys.argv[1])
print(frame["name"].cast(polars.String)[16384:16391].to_list(), frame["name"].null_count())
print(frame["value"][16385:16390].to_list(), frame["value"].null_count())`,
      path,
    );
    t.deepEqual(printed.trim().split('\n'), [
      "['λ 4', None, 'λ 6', 'λ 0', 'λ 1', 'λ 2', None] 4000",
      '[8192.5, None, nan, -0.0, inf] 4000',
    ]);
  }
});

test('columns of one value throughout, and of none, are in the metadata; the first is a field too where none varies', t => {
  const schemaOf = (columns: Table['columns']) => {
    const {schema} = tableFromIPC(stream(columns));
    const constants = JSON.parse(schema.metadata.get('constants') ?? '') as object;
    return {names: schema.fields.map(({name}) => name), constants};
  };
  const columns = {
    a: columnFrom('int32', [4, 4]),
    b: columnFrom('int32?', [null, null]),
    c: columnFrom('double?', [null, null]),
    d: columnFrom('string', ['y', 'y']),
  };
  const constants = {a: 4, b: null, c: null, d: 'y'};
  t.deepEqual(schemaOf(columns), {names: ['a'], constants});
  t.deepEqual(schemaOf({...columns, e: columnFrom('int32', [1, 2])}), {names: ['e'], constants});
  const none = {a: columnFrom('int32', []), b: columnFrom('double', []), c: columnFrom('string', [])};
  t.deepEqual(schemaOf(none), {names: ['a'], constants: {a: null, b: null, c: null}});
});

test('a constant that JSON cannot hold is sent row by row', t => {
  for (const value of [NaN, Infinity, -0]) {
    const columns = {varying: columnFrom('int32', [1, 2]), same: columnFrom('double', [value, value])};
    const vector = tableFromIPC(stream(columns)).getChild('same') as Vector;
    t.deepEqual([...vector] as unknown[], [value, value]);
  }
});
