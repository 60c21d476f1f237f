import {TABLE_SCHEMAS, type Columns, type TableName, type TableRows} from '../../shared/index.js';

/** Rows of a table by columns. */
export function columnsOf<T extends TableName>(table: T, rows: readonly TableRows[T][]): Columns {
  const names = Object.keys(TABLE_SCHEMAS[table]) as (keyof TableRows[T] & string)[];
  return {
    rows: rows.length,
    columns: Object.fromEntries(
      names.map(name => [name, rows.map(row => row[name] as number | string | null)]),
    ),
  };
}

/**
 * A table's columns as its rows.
 *
 * @param indices - The rows wanted, in this order; default all of them.
 */
export function rowsOf<T extends TableName>(
  table: T,
  {rows, columns}: Columns,
  indices: Iterable<number> = Array(rows).keys(),
): TableRows[T][] {
  const names = Object.keys(TABLE_SCHEMAS[table]);
  return Array.from(
    indices,
    row =>
      Object.fromEntries(names.map(name => [name, columns[name]?.[row] ?? null])) as unknown as TableRows[T],
  );
}
