import type {Cell} from './column.js';
import {columnFrom, columnMaker, MisfitError, type CellType} from './make-column.js';
import type {Table} from './table.js';

/** Names and types of the columns of a table, in order. */
export type TableTypes = Iterable<readonly [name: string, type: CellType]>;

/**
 * A table from its rows.
 *
 * @param name - Of the table, for the error.
 * @throws {TypeError | RangeError} naming table, row and column, if a value does not fit its column.
 */
export function tableFromRows<Row extends object>(
  name: string,
  types: TableTypes,
  rows: readonly Row[],
): Table<Row> {
  const columns = Array.from(types, ([column, type]) => {
    const cells = rows.map(row => (row as Record<string, Cell | undefined>)[column]);
    try {
      const absent = cells.indexOf(undefined);
      if (absent >= 0) throw new MisfitError(absent, undefined, type);
      return [column, columnFrom(type, cells)] as const;
    } catch (error) {
      if (!(error instanceof MisfitError)) throw error;
      const {row, value, rule} = error;
      const Misfit = typeof value === 'number' && rule !== type ? RangeError : TypeError;
      throw new Misfit(`table ${name}: row ${row}, column ${column} must be ${rule}, got ${String(value)}.`);
    }
  });
  return {rows: rows.length, columns: Object.fromEntries(columns) as Table<Row>['columns']};
}

/** A table of these columns without rows. */
export function emptyTable(types: TableTypes): Table {
  const columns = Array.from(types, ([name, type]) => [name, columnMaker(type, 0).column] as const);
  return {rows: 0, columns: Object.fromEntries(columns)};
}
