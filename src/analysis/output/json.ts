import type {QueryResult} from '../../shared/index.js';
import {rowCells} from './row-cells.js';

/** A result as one JSON document: its facts, then one object per row; a feature map is an array of numbers. */
export function toJson(result: QueryResult): string {
  const {columns, expression, measure, value, unit, facts} = result;
  const rows = Array.from(
    rowCells(result, map => [...map]),
    cells => Object.fromEntries(columns.map(({name}, i) => [name, cells[i]])),
  );
  return JSON.stringify(
    {expression, measure, value, unit, facts, columns: columns.map(({name, type}) => ({name, type})), rows},
    null,
    2,
  );
}
