import {
  columnFromArray,
  field,
  float32,
  float64,
  int32,
  list,
  utf8,
  type Batch,
  type DataType,
} from '@uwdata/flechette';
import {
  announcement,
  columnsInRows,
  isConstant,
  type QueryResult,
  type ResultCell,
  type ResultColumnType,
} from '../../shared/index.js';
import {streamChunks} from '../../store/arrow/stream-chunks.js';
import {batchOf} from '../../store/arrow/table-of.js';
import {rowGroups} from './row-groups.js';

/**
 * A result as an Arrow IPC stream, what a browser reads fastest. Columns with one value throughout are not sent row by
 * row: they are in the schema's metadata as JSON under `constants`, the facts under `about`, and the
 * order of all columns under `columns`.
 */
export function* arrowChunks(result: QueryResult): Generator<Uint8Array, void, undefined> {
  const {columns, ...about} = result;
  const constants = Object.fromEntries(
    columns.filter(isConstant).map(({name, values}) => [name, values[0] ?? null]),
  );
  const sent = columnsInRows(columns, isConstant);
  const fields = sent.map(({name, type}) => field(name, TYPES[type], true));
  yield* streamChunks(fields, batches(), announcement({about, columns, constants}));

  function* batches(): Generator<Batch<unknown>[]> {
    for (const {first, end} of rowGroups(result)) {
      yield sent.map(({type, values}) => batchOfCells(values.slice(first, end), TYPES[type]));
    }
  }
}

const TYPES: Readonly<Record<ResultColumnType, DataType>> = {
  map: list(field('item', float32(), false)),
  string: utf8(),
  int32: int32(),
  double: float64(),
};

function batchOfCells(values: ResultCell[], type: DataType): Batch<unknown> {
  if (type === TYPES.map && values.every(value => value !== null))
    return batchOfMaps(values as Float32Array[]);
  return columnFromArray(values, type).data[0] as Batch<unknown>;
}

/** Copied map by map; the library's builder goes value by value. */
function batchOfMaps(maps: readonly Float32Array[]): Batch<unknown> {
  const offsets = new Int32Array(maps.length + 1);
  for (const [i, {length}] of maps.entries()) offsets[i + 1] = (offsets[i] as number) + length;
  const values = new Float32Array(offsets.at(-1) ?? 0);
  for (const [i, map] of maps.entries()) values.set(map, offsets[i]);
  const children = [batchOf(float32(), {length: values.length, values})];
  return batchOf(TYPES.map, {length: maps.length, offsets, children});
}
