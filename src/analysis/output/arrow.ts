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
import {announcement, type QueryResult, type ResultCell, type ResultColumn} from '../../shared/index.js';

/**
 * A result as an Arrow IPC stream, what a browser reads fastest. Columns with one value throughout are not sent row by
 * row: they stand in the schema's metadata as JSON under `constants`, what the numbers rest on under `about`, and the
 * order of all columns under `columns`.
 */
export function toArrow(result: QueryResult): Uint8Array {
  const {columns, ...about} = result;
  const varying = columns.filter(column => !isConstant(column));
  const constants = Object.fromEntries(
    columns.filter(isConstant).map(({name, values}) => [name, values[0] ?? null]),
  );
  const vectors = Object.fromEntries(varying.map(column => [column.name, vectorOf(column)]));
  const schema = new Schema(
    varying.map(({name}) => new Field(name, (vectors[name] as Vector).type as DataType, true)),
    announcement({about, columns, constants}),
  );
  return tableToIPC(new Table(schema, vectors), 'stream');
}

function isConstant({values, type}: ResultColumn): boolean {
  return type !== 'map' && values.every(value => value === values[0]);
}

function vectorOf({type, values}: ResultColumn): Vector {
  if (type === 'map') {
    return vectorFromArray(
      values as (Float32Array | null)[],
      new List(new Field('item', new Float32(), false)),
    );
  }
  if (type === 'string') return vectorFromArray(values as (string | null)[], new Utf8());
  if (values.every(value => value !== null)) {
    return makeVector(
      type === 'int32' ? Int32Array.from(values as number[]) : Float64Array.from(values as number[]),
    );
  }
  return vectorFromArray(values as (ResultCell & number)[], type === 'int32' ? new Int32() : new Float64());
}
