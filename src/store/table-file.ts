import {parquetWriteBuffer, type BasicType, type ColumnSource} from 'hyparquet-writer';
import {
  baseType,
  cellsOf,
  columnNamed,
  tableColumns,
  isNull,
  tableFromRows,
  type Column,
  type ColumnType,
  type Table,
  type TableName,
  type TableRows,
} from '../shared/index.js';

const PARQUET_TYPES: Readonly<Record<ColumnType, BasicType>> = {
  int32: 'INT32',
  'int32?': 'INT32',
  double: 'DOUBLE',
  'double?': 'DOUBLE',
  string: 'STRING',
  'string?': 'STRING',
};

/**
 * A metric table of a run from its rows, its columns typed by its schema.
 *
 * @throws {TypeError | RangeError} naming table, row and column, if a value does not fit its column.
 */
export function metricTable<T extends TableName>(
  name: T,
  rows: readonly TableRows[T][],
): Table<TableRows[T]> {
  const types = tableColumns(name).map(([column, {type}]) => [column, type] as const);
  return tableFromRows(name, types, rows);
}

/**
 * Encodes a metric table as the bytes of a Parquet file (Snappy). Types come from the table's schema, so that a column of
 * nulls keeps its type; NaN, -0 and infinities of a double column are kept.
 *
 * @param metadata - Texts stored with the table in the file.
 * @throws {TypeError} naming table and column, if one is of another type, or has a null that its schema does not allow.
 */
export function encodeTable<T extends TableName>(
  name: T,
  table: Table<TableRows[T]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const columnData = tableColumns(name).map(([column, {type}]): ColumnSource => ({
    name: column,
    type: PARQUET_TYPES[type],
    nullable: type.endsWith('?'),
    data: cellsOf(fitting(columnNamed(table, column), type, `table ${name}: column ${column}`)),
    // A dictionary would merge 0 and -0; minimum and maximum leave NaN out, so pruning by them could skip rows.
    ...(type.startsWith('double') ? {encoding: 'PLAIN', statistics: false} : {}),
  }));
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({key, value}));
  return new Uint8Array(parquetWriteBuffer({columnData, kvMetadata, createdBy: 'cnnslicer'}));
}

function fitting(column: Column, type: ColumnType, what: string): Column {
  if (column.type !== baseType(type)) throw new TypeError(`${what} must be ${type}, got ${column.type}.`);
  if (type.endsWith('?') || (column.type !== 'string' && column.nulls === null)) return column;
  const empty = column.values.findIndex((_, row) => isNull(column, row));
  if (empty >= 0) throw new TypeError(`${what} must be ${type}, got null in row ${empty}.`);
  return column;
}
