import {stringify} from 'csv-stringify/sync';
import type {QueryResult} from '../../shared/index.js';
import {resultRows} from './result-rows.js';

/** A result as CSV (RFC 4180) with a header line; undefined is an empty field, a feature map its values with spaces. */
export function toCsv(result: QueryResult): string {
  return stringify(resultRows(result), {
    header: true,
    columns: result.columns.map(({name}) => name),
    cast: {object: map => (map as unknown as Float32Array).join(' ')},
  });
}
