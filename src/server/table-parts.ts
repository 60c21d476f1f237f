import {
  cellsOf,
  columnFrom,
  columnNamed,
  concatTables,
  emptyTable,
  mapColumns,
  rowsWhere,
  tableColumns,
  takeRows,
  type Column,
  type Table,
  type TableName,
} from '../shared/index.js';

/** Which rows of a table are wanted. */
export interface RowFilter {
  layer?: string | undefined;
  /** Class index; null is the rows that count all classes together. */
  class?: number | null | undefined;
}

/** A metric table without rows, as where no epoch has it. */
export function emptyMetricTable(table: TableName): Table {
  return emptyTable(tableColumns(table).map(([name, {type}]) => [name, type]));
}

/**
 * Several parts of one table, one after the other, as one.
 *
 * @param names - The columns wanted, each of the table.
 * @param filter - Rows to take; a filter on a column that the table does not have takes none.
 */
export function joinedParts(
  table: TableName,
  parts: readonly Table[],
  {names, filter}: {names: readonly string[]; filter: RowFilter},
): Table {
  const taken = parts.map(part => takeRows(selected(part, names), rowsWhere(part, {...filter})));
  return taken.length > 0 ? concatTables(taken) : selected(emptyMetricTable(table), names);
}

/** The same table, with null for NaN and the infinities: as in JSON, which does not have them. */
export function withoutNonFinite(table: Table): Table {
  return mapColumns(table, finite);
}

function finite(column: Column): Column {
  if (column.type !== 'double') return column;
  const {values, nulls} = column;
  const isLost = (value: number, row: number) => !Number.isFinite(value) && nulls?.[row] !== 1;
  if (!values.some(isLost)) return column;
  return columnFrom(
    'double?',
    cellsOf(column).map(value => (Number.isFinite(value) ? value : null)),
  );
}

function selected({rows, columns, notRecorded}: Table, names: readonly string[]): Table {
  const chosen = names.map(name => [name, columnNamed({rows, columns}, name)] as const);
  const lacking = notRecorded?.filter(name => names.includes(name)) ?? [];
  return {rows, columns: Object.fromEntries(chosen), ...(lacking.length > 0 && {notRecorded: lacking})};
}
