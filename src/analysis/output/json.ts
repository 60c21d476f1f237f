import type {QueryResult} from '../../shared/index.js';
import {resultRows} from './result-rows.js';

/** A result as one JSON document: its facts, then one object per row; a feature map is an array of numbers. */
export function toJson(result: QueryResult): string {
  const {columns, expression, measure, value, unit, facts} = result;
  const types = columns.map(({name, type}) => ({name, type}));
  return JSON.stringify(
    {expression, measure, value, unit, facts, columns: types, rows: resultRows(result)},
    (_, cell: unknown) => (cell instanceof Float32Array ? [...cell] : cell),
    2,
  );
}
