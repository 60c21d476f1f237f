import {tableFromIPC} from 'apache-arrow';
import test from 'ava';
import type {TypedColumn} from '#src/store/index.js';
import {tableArrow} from '#src/server/table-arrow.js';

const ints = (...values: (number | null)[]): TypedColumn => ({
  type: 'int32',
  values: Int32Array.from(values, value => value ?? 0),
  nulls: values.includes(null) ? Uint8Array.from(values, value => Number(value === null)) : null,
});
const doubles = (...values: number[]): TypedColumn => ({type: 'double', values: Float64Array.from(values)});
const texts = (words: string[], ...codes: number[]): TypedColumn => ({
  type: 'string',
  values: Int32Array.from(codes),
  words,
});

/** How many of a column's rows have no value, and all of them. */
function read(column: TypedColumn): {nulls: number; values: unknown[]} {
  const {length: rows} = column.values;
  const vector = tableFromIPC(tableArrow({rows, columns: {column}})).getChild('column');
  return {nulls: Number(vector?.nullCount), values: [...(vector ?? [])] as unknown[]};
}

test('rows without a value are marked, and counted, in columns of any length', t => {
  for (const rows of [2, 7, 8, 9, 16, 17]) {
    const numbers = Array.from({length: rows}, (_, i) => i);
    const holes = numbers.map(i => (i % 3 === 1 ? null : i));
    const nulls = holes.filter(value => value === null).length;
    t.deepEqual(read(ints(...numbers)), {nulls: 0, values: numbers});
    t.deepEqual(read(ints(...holes)), {nulls, values: holes});
    t.deepEqual(read(doubles(...numbers)), {nulls: 0, values: numbers});
    t.deepEqual(read(doubles(...holes.map((value, i) => value ?? [NaN, Infinity][i & 1]!))), {
      nulls,
      values: holes,
    });
    const words = numbers.map(i => `w${i}`);
    t.deepEqual(read(texts(words, ...numbers)), {nulls: 0, values: words});
    t.deepEqual(read(texts(words, ...holes.map(value => value ?? -1))), {
      nulls,
      values: holes.map(value => (value === null ? null : `w${value}`)),
    });
  }
});

test('columns of one value throughout, and of none, are in the metadata; the first is a field too where none varies', t => {
  const constantsOf = (columns: Record<string, TypedColumn>, rows: number) => {
    const {schema} = tableFromIPC(tableArrow({rows, columns}));
    t.deepEqual(
      schema.fields.map(({name}) => name),
      ['a'],
    );
    return JSON.parse(schema.metadata.get('constants') ?? '') as object;
  };
  const columns = {a: ints(4, 4), b: ints(null, null), c: doubles(NaN, Infinity), d: texts(['x', 'y'], 1, 1)};
  t.deepEqual(constantsOf(columns, 2), {a: 4, b: null, c: null, d: 'y'});
  const none = {a: ints(), b: doubles(), c: texts([])};
  t.deepEqual(constantsOf(none, 0), {a: null, b: null, c: null});
  const {schema} = tableFromIPC(tableArrow({rows: 2, columns: {...columns, e: ints(1, 2)}}));
  t.deepEqual(
    schema.fields.map(({name}) => name),
    ['e'],
  );
});
