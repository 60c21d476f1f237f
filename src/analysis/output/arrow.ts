import {
  Field,
  Float32,
  Float64,
  Int32,
  List,
  makeVector,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type DataType,
  type Vector,
} from 'apache-arrow';
import {
  announcement,
  isConstant,
  type QueryResult,
  type ResultCell,
  type ResultColumnType,
} from '../../shared/index.js';
import {rowGroups} from './row-groups.js';

/**
 * A result as an Arrow IPC stream, what a browser reads fastest. Columns with one value throughout are not sent row by
 * row: they are stored in the schema's metadata as JSON under `constants`, the facts under `about`, and the
 * order of all columns under `columns`.
 */
export function* arrowChunks(result: QueryResult): Generator<Uint8Array, void, undefined> {
  const {columns, ...about} = result;
  const varying = columns.filter(column => !isConstant(column));
  const constants = Object.fromEntries(
    columns.filter(isConstant).map(({name, values}) => [name, values[0] ?? null]),
  );
  const schema = new Schema(
    varying.map(({name, type}) => new Field(name, TYPES[type], true)),
    announcement({about, columns, constants}),
  );
  const head = tableToIPC(new Table(schema), 'stream');
  const batches = head.length - END_OF_STREAM;
  yield head.subarray(0, batches);
  for (const {first, end} of varying.length === 0 ? [] : rowGroups(result)) {
    const vectors = Object.fromEntries(
      varying.map(({name, type, values}) => [name, vectorOf(type, values.slice(first, end))]),
    );
    // Each table is written as a separate stream, whose schema message is always the same.
    const stream = tableToIPC(new Table(schema, vectors), 'stream');
    yield stream.subarray(batches, stream.length - END_OF_STREAM);
  }
  yield head.subarray(batches);
}

/** Bytes of the mark that ends a stream. */
const END_OF_STREAM = 8;

const TYPES: Readonly<Record<ResultColumnType, DataType>> = {
  map: new List(new Field('item', new Float32(), false)),
  string: new Utf8(),
  int32: new Int32(),
  double: new Float64(),
};

function vectorOf(type: ResultColumnType, values: readonly ResultCell[]): Vector {
  if ((type === 'int32' || type === 'double') && values.every(value => value !== null)) {
    const numbers = values as readonly number[];
    return makeVector(type === 'int32' ? Int32Array.from(numbers) : Float64Array.from(numbers));
  }
  return vectorFromArray(values, TYPES[type]);
}
