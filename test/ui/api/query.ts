import {
  Field,
  Float32,
  Float64,
  Int32,
  List,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import test from 'ava';
import {cellsOf, columnNamed, type Cell, type QueryResult} from '#src/shared/index.js';
import {decodeQuery} from '#ui/api/query.js';

/** Bytes as `/query` sends them: varying columns in the batches, constant ones in the schema's metadata. */
function answer(vectors: Record<string, Vector>, metadata: Record<string, unknown>): Uint8Array {
  const fields = Object.entries(vectors).map(([name, {type}]) => new Field(name, type, true));
  const written = new Map(Object.entries(metadata).map(([name, value]) => [name, JSON.stringify(value)]));
  return tableToIPC(new Table(new Schema(fields, written), vectors), 'stream');
}

function valuesOf(result: QueryResult, name: string): Cell[] {
  return cellsOf(columnNamed(result, name));
}

const about = {
  expression: 'C(dCNN(*, a, *, 1), dCNN(*, b, *, 1))',
  measure: 'channel capacity',
  value: 'bits',
  unit: 'bit',
  facts: {bins: 32, n: 6},
  rows: 3,
};

test('an answer has its facts, and its columns in order, constant ones as long as the others', t => {
  const bytes = answer(
    {
      to_channel: vectorFromArray([0, 1, 2], new Int32()),
      bits: vectorFromArray([0.5, null, 0.25], new Float64()),
      reason: vectorFromArray([null, 'non-finite', null], new Utf8()),
    },
    {
      about,
      constants: {epoch: 1, from_layer: 'a', class: null},
      columns: [
        {name: 'epoch', type: 'int32'},
        {name: 'from_layer', type: 'string'},
        {name: 'to_channel', type: 'int32'},
        {name: 'class', type: 'int32'},
        {name: 'bits', type: 'double'},
        {name: 'reason', type: 'string'},
      ],
    },
  );
  const {columns, ...facts} = decodeQuery(bytes);
  t.is(JSON.stringify(facts), JSON.stringify(about));
  t.deepEqual(
    Object.entries(columns).map(([name, column]) => [name, cellsOf(column)]),
    [
      ['epoch', [1, 1, 1]],
      ['from_layer', ['a', 'a', 'a']],
      ['to_channel', [0, 1, 2]],
      ['class', [null, null, null]],
      ['bits', [0.5, null, 0.25]],
      ['reason', [null, 'non-finite', null]],
    ],
  );
});

test('an answer whose columns are all constant has as many rows as it says', t => {
  const bytes = answer({}, {about, constants: {bits: 0}, columns: [{name: 'bits', type: 'double'}]});
  t.deepEqual(valuesOf(decodeQuery(bytes), 'bits'), [0, 0, 0]);
});

test('feature maps are float32 arrays', t => {
  const maps = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
  const bytes = answer(
    {map: vectorFromArray(maps, new List(new Field('item', new Float32(), false)))},
    {about: {...about, rows: 2}, constants: {}, columns: [{name: 'map', type: 'map'}]},
  );
  t.deepEqual(valuesOf(decodeQuery(bytes), 'map'), maps);
});

test('a column is made once, when it is first read', t => {
  const bytes = answer(
    {bits: vectorFromArray([1, 2, 3], new Float64())},
    {about, constants: {}, columns: [{name: 'bits', type: 'double'}]},
  );
  const {columns} = decodeQuery(bytes);
  t.is(columns['bits'], columns['bits']);
});

test('an answer without its metadata, or without a column that it announces, is refused by name', t => {
  const column = {bits: vectorFromArray([1], new Float64())};
  t.throws(() => decodeQuery(answer(column, {about, constants: {}})), {message: /no metadata "columns"/});
  const bytes = answer(column, {about, constants: {}, columns: [{name: 'hx', type: 'double'}]});
  t.throws(() => decodeQuery(bytes).columns['hx'], {message: /column hx/});
});
