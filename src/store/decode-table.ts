import type {Columns, TableName, TableRows} from '../shared/index.js';
import {MAX_TABLE_ROWS} from './limits.js';
import type {ParquetColumn, ParquetColumns} from './parquet-columns.js';
import type {TableAnswer, TableJob} from './table-worker.js';
import type {TypedColumn, TypedColumns} from './typed-columns.js';
import {WorkerLane} from './worker-lane.js';

/**
 * Timeout: reading takes milliseconds; one that exceeds this, plus 1 us per byte and 20 us per row, has met a file that
 * was made to take forever.
 */
const PATIENCE_MS = 10_000;

/**
 * Tables are decoded in a separate thread: a hostile file can keep the Parquet reader busy forever,
 * or exhaust memory, and must fail only its own query.
 */
const lane = new WorkerLane<TableJob, TableAnswer>(new URL('./table-worker.js', import.meta.url));

/**
 * A metric table from the bytes of its Parquet file. {@link asRows}, {@link asColumns} and {@link asTyped} give it
 * the form that is wanted.
 *
 * @param maxRows - Rows; more are an error.
 * @throws {Error} if the bytes are not Parquet, a column that every version writes is not there, there are more rows,
 *   or decoding takes too long.
 */
export async function decodeTable(
  table: TableName,
  bytes: Uint8Array,
  maxRows = MAX_TABLE_ROWS,
): Promise<ParquetColumns> {
  const deadlineMs = PATIENCE_MS + (bytes.length + 20 * maxRows) / 1000;
  return (await lane.run({ask: 'columns', table, bytes, maxRows}, {deadlineMs})) as ParquetColumns;
}

/** Decodes by rows, an object each. */
export function asRows<T extends TableName>(table: ParquetColumns): TableRows[T][] {
  const {rows, columns} = asColumns(table);
  const entries = Object.entries(columns);
  return Array.from(
    {length: rows},
    (_, row) =>
      Object.fromEntries(entries.map(([name, values]) => [name, values[row]])) as unknown as TableRows[T],
  );
}

/** Decodes by columns: several times faster than by rows, as no object is made for a row. */
export function asColumns({columns, ...rest}: ParquetColumns): Columns {
  return {...rest, columns: mapValues(columns, plainValues)};
}

/** Decodes into typed arrays, where an undefined value and a NaN are the same. */
export function asTyped({columns, ...rest}: ParquetColumns): TypedColumns {
  return {...rest, columns: mapValues(columns, withoutNulls)};
}

/**
 * Reads the texts stored with a table in its file, by key.
 *
 * @throws {Error} if the bytes are not Parquet.
 */
export async function tableTexts(bytes: Uint8Array): Promise<Map<string, string>> {
  return (await lane.run({ask: 'texts', bytes}, {deadlineMs: PATIENCE_MS})) as Map<string, string>;
}

function plainValues(column: ParquetColumn): (number | string | null)[] {
  if (column.type === 'string') {
    const {words} = column;
    return Array.from(column.values, code => words[code] ?? null);
  }
  const {nulls} = column;
  const values: (number | null)[] = Array.from(column.values);
  if (nulls !== null) for (let row = 0; row < values.length; row++) if (nulls[row] === 1) values[row] = null;
  return values;
}

function withoutNulls(column: ParquetColumn): TypedColumn {
  return column.type === 'double' ? {type: 'double', values: column.values} : column;
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
