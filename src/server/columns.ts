import type {Columns, TableName} from '../shared/index.js';
import {TABLE_SCHEMAS} from '../store/index.js';

type Cell = number | string | null;

/** Which rows of a table are wanted. */
export interface RowFilter {
  layer?: string | undefined;
  /** Class index; null is the rows that count all classes together. */
  class?: number | null | undefined;
}

/** Names of a table's columns, in file order. */
export function columnNames(table: TableName): string[] {
  return Object.keys(TABLE_SCHEMAS[table]);
}

/** JSON has no NaN or Infinity: they become null, as they would on the way to the client. */
export function finiteColumns({rows, columns}: Columns): Columns {
  return {
    rows,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values.map(value => finiteOrNull(value))]),
    ),
  };
}

/**
 * Several parts of one table, one after the other, as one.
 *
 * @param filter - Rows to take; a filter on a column that the table does not have takes none.
 */
export function joinColumns(table: TableName, parts: readonly Columns[], filter: RowFilter): Columns {
  const conditions = Object.entries(filter).filter(([, wanted]) => wanted !== undefined);
  const joined: Columns = {rows: 0, columns: Object.fromEntries(columnNames(table).map(name => [name, []]))};
  for (const part of parts) {
    const taken = rowsThatMatch(part, conditions);
    joined.rows += taken.length;
    for (const [name, into] of Object.entries(joined.columns)) {
      const from = part.columns[name] ?? [];
      for (let i = 0; i < taken.length; i++) into.push(from[taken[i] as number] ?? null);
    }
  }
  return joined;
}

function rowsThatMatch(
  {rows, columns}: Columns,
  conditions: readonly [name: string, wanted: Cell][],
): number[] {
  const taken: number[] = [];
  for (let row = 0; row < rows; row++) {
    let matches = true;
    for (const [name, wanted] of conditions) matches &&= columns[name]?.[row] === wanted;
    if (matches) taken.push(row);
  }
  return taken;
}

function finiteOrNull(value: Cell): Cell {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
