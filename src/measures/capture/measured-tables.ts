import type {TableName, TableRows} from '../../shared/index.js';

/** Rows of some tables, by table. */
export type MeasuredTables = {[T in TableName]?: TableRows[T][]};

/** The rows of all layers of an epoch, table by table. */
export function joinTables(layers: readonly MeasuredTables[]): MeasuredTables {
  const names = new Set(layers.flatMap(tables => Object.keys(tables) as TableName[]));
  const rowsOf = (name: TableName) => layers.flatMap((tables): unknown[] => tables[name] ?? []);
  return Object.fromEntries(Array.from(names, name => [name, rowsOf(name)]));
}

/** The same rows at another epoch. */
export function tablesAt(epoch: number, tables: MeasuredTables): MeasuredTables {
  const entries = Object.entries(tables).map(([table, rows]) => [table, rows.map(row => ({...row, epoch}))]);
  return Object.fromEntries(entries) as MeasuredTables;
}
