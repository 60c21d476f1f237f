import type {Columns, TableName, TableRows} from '../../shared/index.js';

/**
 * A columnar table as the rows that `src/shared/tables.ts` names; for tables of a few thousand rows.
 *
 * @param indices - The rows wanted; default all of them.
 */
export function rowsOf<Name extends TableName>(
  _table: Name,
  {rows, columns}: Columns,
  indices: Iterable<number> = Array(rows).keys(),
): TableRows[Name][] {
  const names = Object.keys(columns);
  return Array.from(
    indices,
    row =>
      Object.fromEntries(
        names.map(name => [name, columns[name]?.[row] ?? null]),
      ) as unknown as TableRows[Name],
  );
}
