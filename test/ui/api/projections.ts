import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from 'apache-arrow';
import test from 'ava';
import {takeRows, type QueryResult} from '#src/shared/index.js';
import {featureMapsOf} from '#ui/api/feature-maps.js';
import {decodeProjections} from '#ui/api/projections.js';
import {tableOf} from '../../support/table-of.js';

const lists = (name: string, length: number, shape: string | null) =>
  new Field(
    name,
    new FixedSizeList(length, new Field('item', new Float32(), false)),
    false,
    new Map(shape === null ? [] : [['shape', shape]]),
  );

/** Samples 4 and 1, projections of 2 x 1 x 2, maps of 1 x 3, as the server writes them. */
function stream(fields: Field[]): Uint8Array {
  const values: Record<string, Float32Array> = {
    projection: Float32Array.of(-1, 0, 0.5, 2, 3, 4, 5, 6),
    map: Float32Array.of(0, 1, 2, 3, 4, 5),
  };
  const schema = new Schema([new Field('sample', new Int32(), false), ...fields]);
  const children = [
    makeData({type: new Int32(), data: Int32Array.of(4, 1)}),
    ...fields.map(field =>
      makeData({
        type: field.type as FixedSizeList,
        length: 2,
        child: makeData({type: new Float32(), data: values[field.name] ?? new Float32Array()}),
      }),
    ),
  ];
  const data = makeData({type: new Struct(schema.fields), length: 2, children});
  return tableToIPC(new Table([new RecordBatch(schema, data)]), 'stream');
}

test('projections and maps come out with their extents, in the order of the samples', t => {
  const bytes = stream([lists('projection', 4, '[2,1,2]'), lists('map', 3, '[1,3]')]);
  t.deepEqual(decodeProjections(bytes), {
    inputShape: [2, 1, 2],
    mapShape: [1, 3],
    rows: [
      {sample: 4, projection: Float32Array.of(-1, 0, 0.5, 2), map: Float32Array.of(0, 1, 2)},
      {sample: 1, projection: Float32Array.of(3, 4, 5, 6), map: Float32Array.of(3, 4, 5)},
    ],
  });
});

test('a stream that lacks a column or a shape is refused in words', t => {
  t.throws(() => decodeProjections(stream([lists('map', 3, '[3]')])), {
    message: 'decodeProjections: needs the columns sample, projection and map, got sample, map.',
  });
  t.throws(() => decodeProjections(stream([lists('projection', 4, '[4]'), lists('map', 3, null)])), {
    message: 'decodeProjections: the column map does not say its shape.',
  });
});

test('the answer to dCNN gives maps by sample, and their extents', t => {
  const answer: QueryResult = {
    expression: 'dCNN({0, 5}, conv2d_1, 2, 3)',
    measure: 'feature maps',
    value: 'map',
    unit: null,
    facts: {},
    ...tableOf({
      sample: [0, 5],
      shape: ['1x2', '1x2'],
      map: [Float32Array.of(1, 2), Float32Array.of(3, 4)],
    }),
  };
  t.deepEqual(featureMapsOf(answer), {
    shape: [1, 2],
    maps: new Map([
      [0, Float32Array.of(1, 2)],
      [5, Float32Array.of(3, 4)],
    ]),
  });
  t.deepEqual(featureMapsOf({...answer, ...takeRows(answer, [])}), {shape: [], maps: new Map()});
});
