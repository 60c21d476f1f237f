import type {QueryResult} from '../../shared/index.js';
import {arrowChunks} from './arrow.js';
import {csvChunks} from './csv.js';
import {jsonChunks} from './json.js';
import {parquetChunks} from './parquet.js';

/** How a result is written: a piece at a time, so that neither one text nor one buffer has to hold all of it. */
type Encode<Chunk> = (result: QueryResult) => Generator<Chunk, void, undefined>;

/**
 * The machine-readable formats of a result, with their media types. `encodeChunks` returns the pieces of
 * the document in order, each of up to some tens of thousands of cells: the writer may do other work between
 * two of them, and hold one at a time.
 */
export const RESULT_FORMATS = {
  json: {mediaType: 'application/json', encodeChunks: jsonChunks},
  csv: {mediaType: 'text/csv', encodeChunks: csvChunks},
  parquet: {mediaType: 'application/vnd.apache.parquet', encodeChunks: parquetChunks},
  arrow: {mediaType: 'application/vnd.apache.arrow.stream', encodeChunks: arrowChunks},
} as const satisfies Record<string, {mediaType: string; encodeChunks: Encode<string> | Encode<Uint8Array>}>;

/** Name of a format that an answer is written in. */
export type ResultFormat = keyof typeof RESULT_FORMATS;
