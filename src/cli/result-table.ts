import Table from 'cli-table3';
import {isConstant, type QueryResult, type ResultCell} from '../shared/index.js';

/** Maximum number of rows printed to a terminal; files have all. */
const MAX_ROWS = 60;

/**
 * Formats a result for a terminal: the query, its facts, then the rows. Columns with a single value go to the
 * line above, as do options; a feature map is shown by its extremes and mean.
 */
export function resultTable(result: QueryResult): string {
  const {expression, measure, unit, facts, rows, columns, value} = result;
  const constant = columns.filter(column => rows > 1 && column.name !== value && isConstant(column));
  const shown = columns.filter(column => !constant.includes(column));
  const same = constant
    .filter(({name, values}) => values[0] !== null && !Object.hasOwn(facts, name))
    .map(({name, values}) => `${name} ${show(values[0] ?? null)}`);
  const about = Object.entries(facts)
    .filter(([, fact]) => fact !== null)
    .map(([name, fact]) => `${name} ${fact}`);
  const table = new Table({
    head: shown.map(({name}) => name),
    colAligns: shown.map(({type}) => (type === 'string' ? 'left' : 'right')),
    style: {head: [], border: [], compact: true},
  });
  for (let row = 0; row < Math.min(rows, MAX_ROWS); row++) {
    table.push(shown.map(({values}) => show(values[row] ?? null)));
  }
  return [
    expression,
    `${measure}${unit === null ? '' : `, ${unit}s`} (${[...about, ...same].join(', ')})`,
    table.toString(),
    ...(rows > MAX_ROWS ? [`… ${rows - MAX_ROWS} more rows; --format csv or --out prints all.`] : []),
  ].join('\n');
}

function show(value: ResultCell): string {
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
