import {field, float64, int32, type Batch} from '@uwdata/flechette';
import {announcement, columnsInRows} from '../shared/index.js';
import {streamChunks} from '../store/arrow/stream-chunks.js';
import {batchOf, dictionaryBatchOf} from '../store/arrow/table-of.js';
import type {TypedColumn, TypedColumns} from '../store/index.js';

/**
 * A table as an Arrow IPC stream, which a browser reads without parsing: numbers as they are, texts as a dictionary. Like
 * the answers to questions it has columns of one value throughout in the schema's metadata, as JSON under `constants`;
 * the number of rows, and which columns were not recorded, under `about`; the order of all columns under `columns`. What is
 * NaN or infinite is null, as in JSON.
 */
export function tableArrow({columns, ...about}: TypedColumns): Buffer {
  const entries = Object.entries(columns);
  const constants = entries
    .filter(([, column]) => isConstant(column))
    .map(([name, c]) => [name, cellOf(c, 0)] as const);
  const metadata = announcement({
    about,
    columns: entries.map(([name, {type}]) => ({name, type})),
    constants: Object.fromEntries(constants),
  });
  const sent = columnsInRows(entries, ([, column]) => isConstant(column));
  const batch = sent.map(([, column]) => batchFor(column));
  const fields = sent.map(([name], i) => field(name, (batch[i] as Batch<unknown>).type, true));
  return Buffer.concat([...streamChunks(fields, about.rows === 0 ? [] : [batch], metadata)]);
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

function batchFor(column: TypedColumn): Batch<unknown> {
  const length = column.values.length;
  const validity = validityOf(column);
  if (column.type !== 'string') {
    return batchOf(column.type === 'double' ? float64() : int32(), {
      length,
      values: column.values,
      ...validity,
    });
  }
  // A null has the first word behind it, as every index must be of a word.
  const codes = column.values.map(code => Math.max(0, code));
  return dictionaryBatchOf(column.words, {length, values: codes, ...validity});
}

/** Arrow's bitmap of the rows that have a value; nothing where all have. */
function validityOf(column: TypedColumn): {nullCount: number; validity?: Uint8Array} {
  const {length} = column.values;
  if (column.type === 'int32' && !column.nulls) return {nullCount: 0};
  const validity = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isNull(column, row)) nullCount++;
    else validity[row >> 3] = (validity[row >> 3] as number) | (1 << (row & 7));
  }
  return nullCount === 0 ? {nullCount} : {nullCount, validity};
}
