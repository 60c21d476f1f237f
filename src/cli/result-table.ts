import Table from 'cli-table3';
import {cellOf, isConstant, isNull, type Cell, type QueryResult} from '../shared/index.js';

/** Maximum number of rows printed to a terminal; files have all. */
const MAX_ROWS = 60;

/**
 * Formats a result for a terminal: the query, its facts, then the rows. Columns with a single value go to the
 * line above, as do options; a feature map is shown by its extremes and mean.
 */
export function resultTable(result: QueryResult): string {
  const {expression, measure, unit, facts, rows, value} = result;
  const columns = Object.entries(result.columns).map(([name, column]) => ({name, column}));
  const constant = columns.filter(({name, column}) => rows > 1 && name !== value && isConstant(column));
  const shown = columns.filter(entry => !constant.includes(entry));
  const same = constant
    .filter(({name, column}) => !isNull(column, 0) && !Object.hasOwn(facts, name))
    .map(({name, column}) => `${name} ${show(cellOf(column, 0))}`);
  const about = Object.entries(facts)
    .filter(([, fact]) => fact !== null)
    .map(([name, fact]) => `${name} ${fact}`);
  const table = new Table({
    head: shown.map(({name}) => name),
    colAligns: shown.map(({column: {type}}) => (type === 'string' ? 'left' : 'right')),
    style: {head: [], border: [], compact: true},
  });
  for (let row = 0; row < Math.min(rows, MAX_ROWS); row++) {
    table.push(shown.map(({column}) => show(cellOf(column, row))));
  }
  return [
    expression,
    `${measure}${unit === null ? '' : `, ${unit}s`} (${[...about, ...same].join(', ')})`,
    table.toString(),
    ...(rows > MAX_ROWS ? [`… ${rows - MAX_ROWS} more rows; --format csv or --out prints all.`] : []),
  ].join('\n');
}

function show(value: Cell): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(4);
  return summary(value);
}

function summary(map: Float32Array): string {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of map) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return `${min.toFixed(3)} .. ${max.toFixed(3)}, mean ${(sum / map.length).toFixed(3)}`;
}
