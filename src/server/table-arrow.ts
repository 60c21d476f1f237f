import {
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Data,
} from 'apache-arrow';
import {announcement} from '../shared/index.js';
import type {TypedColumn, TypedColumns} from '../store/index.js';

/**
 * A table as an Arrow IPC stream, which a browser reads without parsing: numbers as they are, texts as a dictionary. Like
 * the answers to questions it has columns of one value throughout in the schema's metadata alone, as JSON under
 * `constants`; the number of rows, and what columns were not recorded, are stored under `about`, and the order of all columns under `columns`. What is NaN or
 * infinite is null, as in JSON.
 */
export function tableArrow({columns, ...about}: TypedColumns): Buffer {
  const entries = Object.entries(columns);
  const varying = entries.filter(([, column]) => !isConstant(column));
  const constants = entries
    .filter(([, column]) => isConstant(column))
    .map(([name, c]) => [name, cellOf(c, 0)] as const);
  const metadata = announcement({
    about,
    columns: entries.map(([name, {type}]) => ({name, type})),
    constants: Object.fromEntries(constants),
  });
  const children = varying.map(([, column]) => dataOf(column));
  const fields = varying.map(([name], i) => new Field(name, (children[i] as Data).type, true));
  const schema = new Schema(fields, metadata);
  const batch = new RecordBatch(schema, makeData({type: new Struct(fields), length: about.rows, children}));
  const bytes = tableToIPC(new Table(schema, [batch]), 'stream');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function cellOf(column: TypedColumn, row: number): number | string | null {
  if (isNull(column, row)) return null;
  const value = column.values[row] as number;
  return column.type === 'string' ? (column.words[value] ?? null) : value;
}

function isNull(column: TypedColumn, row: number): boolean {
  if (row >= column.values.length) return true;
  if (column.type === 'int32') return column.nulls?.[row] === 1;
  const value = column.values[row] as number;
  return column.type === 'string' ? value < 0 : !Number.isFinite(value);
}

function isConstant(column: TypedColumn): boolean {
  const {values} = column;
  const isUndefined = isNull(column, 0);
  for (let row = 1; row < values.length; row++) {
    if (isNull(column, row) !== isUndefined) return false;
    if (!isUndefined && !Object.is(values[row], values[0])) return false;
  }
  return true;
}

function dataOf(column: TypedColumn): Data {
  const length = column.values.length;
  const validity = validityOf(column);
  if (column.type === 'double')
    return makeData({type: new Float64(), length, data: column.values, ...validity});
  if (column.type === 'int32') return makeData({type: new Int32(), length, data: column.values, ...validity});
  return makeData({
    type: new Dictionary(new Utf8(), new Int32()),
    length,
    // A null has the first word behind it, as every index must be of a word.
    data: column.values.map(code => Math.max(0, code)),
    dictionary: vectorFromArray(column.words, new Utf8()),
    ...validity,
  });
}

/** Arrow's bitmap of the rows that have a value; nothing where all have. */
function validityOf(column: TypedColumn): {nullCount: number; nullBitmap?: Uint8Array} {
  const {length} = column.values;
  if (column.type === 'int32' && !column.nulls) return {nullCount: 0};
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isNull(column, row)) nullCount++;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
  }
  return nullCount === 0 ? {nullCount} : {nullCount, nullBitmap};
}
