import type {QueryResult} from '../../shared/index.js';
import {toArrow} from './arrow.js';
import {toCsv} from './csv.js';
import {toJson} from './json.js';
import {toParquet} from './parquet.js';

/** The forms of a result that programs read, and how each is told apart on the wire. */
export const RESULT_FORMATS = {
  json: {mediaType: 'application/json', encode: toJson},
  csv: {mediaType: 'text/csv', encode: toCsv},
  parquet: {mediaType: 'application/vnd.apache.parquet', encode: toParquet},
  arrow: {mediaType: 'application/vnd.apache.arrow.stream', encode: toArrow},
} as const satisfies Record<
  string,
  {mediaType: string; encode: (result: QueryResult) => string | Uint8Array}
>;

export type ResultFormat = keyof typeof RESULT_FORMATS;
