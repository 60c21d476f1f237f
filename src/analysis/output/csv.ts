import {stringify} from 'csv-stringify/sync';
import type {QueryResult} from '../../shared/index.js';
import {rowCells} from './row-cells.js';

/** A result as CSV (RFC 4180) with a header line; undefined is an empty field, a feature map its values with spaces. */
export function toCsv(result: QueryResult): string {
  const records = rowCells(result, map => map.join(' '));
  return stringify([...records], {header: true, columns: result.columns.map(({name}) => name)});
}
