import {cellOf, type Cell, type Column, type ColumnOf} from './column.js';

/** A table by columns, each with `rows` rows. What goes from file to drawing: nothing else stands for one. */
export interface Table<Row extends object = Record<string, Cell>> {
  rows: number;
  /** By name, in order. */
  columns: {[Name in keyof Row & string]: ColumnOf<Row[Name]>};
  /** Columns that the version which wrote the file did not know, null throughout; absent where there are none. */
  notRecorded?: readonly string[];
}

/**
 * The rows of a table, an object each: for tables of a few thousand rows.
 *
 * @param indices - The rows wanted, in this order; default all of them.
 */
export function rowsOf<Row extends object>(table: Table<Row>, indices?: Iterable<number>): Row[];
export function rowsOf(table: Table, indices?: Iterable<number>): Record<string, Cell>[];
export function rowsOf(
  {rows, columns}: Table,
  indices: Iterable<number> = Array(rows).keys(),
): Record<string, Cell>[] {
  const entries = Object.entries<Column>(columns);
  return Array.from(indices, row => {
    const cells: Record<string, Cell> = {};
    for (const [name, column] of entries) cells[name] = cellOf(column, row);
    return cells;
  });
}

/**
 * A column of a table by its name.
 *
 * @throws {RangeError} if there is none, naming those that are.
 */
export function columnNamed({columns}: Table, name: string): Column {
  const column = columns[name];
  if (column !== undefined) return column;
  throw new RangeError(
    `The table has no column ${name}; its columns are ${Object.keys(columns).join(', ')}.`,
  );
}

/** The same table with each column replaced by another of as many rows. */
export function mapColumns({columns, ...rest}: Table, map: (column: Column, name: string) => Column): Table {
  const mapped = Object.entries(columns).map(([name, column]) => [name, map(column, name)] as const);
  return {...rest, columns: Object.fromEntries(mapped)};
}
