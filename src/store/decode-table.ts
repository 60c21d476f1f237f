import type {Table, TableName, TableRows} from '../shared/index.js';
import {MAX_TABLE_ROWS} from './limits.js';
import type {TableAnswer, TableJob} from './table-worker.js';
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
const lane = new WorkerLane<TableJob, TableAnswer>(new URL('../bundled/table-worker.js', import.meta.url));

/**
 * A metric table from the bytes of its Parquet file.
 *
 * @param maxRows - Rows; more are an error.
 * @throws {Error} if the bytes are not Parquet, a column that every version writes is not there, there are more rows,
 *   or decoding takes too long.
 */
export async function decodeTable<T extends TableName>(
  table: T,
  bytes: Uint8Array,
  maxRows = MAX_TABLE_ROWS,
): Promise<Table<TableRows[T]>> {
  const deadlineMs = PATIENCE_MS + (bytes.length + 20 * maxRows) / 1000;
  return (await lane.run({ask: 'columns', table, bytes, maxRows}, {deadlineMs})) as Table<TableRows[T]>;
}

/**
 * Reads the texts stored with a table in its file, by key.
 *
 * @throws {Error} if the bytes are not Parquet.
 */
export async function tableTexts(bytes: Uint8Array): Promise<Map<string, string>> {
  return (await lane.run({ask: 'texts', bytes}, {deadlineMs: PATIENCE_MS})) as Map<string, string>;
}
