import {parquetWriteBuffer, type BasicType, type ColumnSource} from 'hyparquet-writer';
import {
  tableColumns,
  type Columns,
  type ColumnType,
  type TableName,
  type TableRows,
} from '../shared/index.js';

/**
 * Encodes a metric table as the bytes of a Parquet file (Snappy). Types come from the table's schema, so that a column of
 * nulls keeps its type; NaN, -0 and infinities of a double column are kept.
 *
 * @throws {TypeError | RangeError} naming table, row and column, if a value does not fit its column.
 */
export function encodeTable<T extends TableName>(table: T, rows: readonly TableRows[T][]): Uint8Array {
  const cells = rows as readonly unknown[] as readonly Record<string, Cell | undefined>[];
  return encode(table, {rows: rows.length, valueAt: (column, row) => cells[row]?.[column]}, {});
}

/**
 * Like {@link encodeTable}, from columns.
 *
 * @param metadata - Texts stored with the table in the file.
 */
export function encodeColumns(
  table: TableName,
  {rows, columns}: Columns,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return encode(table, {rows, valueAt: (column, row) => columns[column]?.[row]}, metadata);
}

type Cell = number | string | null;

interface Cells {
  rows: number;
  valueAt: (column: string, row: number) => Cell | undefined;
}

const PARQUET_TYPES: Readonly<Record<ColumnType, BasicType>> = {
  int32: 'INT32',
  'int32?': 'INT32',
  double: 'DOUBLE',
  'double?': 'DOUBLE',
  string: 'STRING',
  'string?': 'STRING',
};

function encode(table: TableName, cells: Cells, metadata: Readonly<Record<string, string>>): Uint8Array {
  const columnData = tableColumns(table).map(([column, {type}]): ColumnSource => ({
    name: column,
    type: PARQUET_TYPES[type],
    nullable: type.endsWith('?'),
    data: columnValues(cells, type, {table, column}),
    // A dictionary would merge 0 and -0; minimum and maximum leave NaN out, so pruning by them could skip rows.
    ...(type.startsWith('double') ? {encoding: 'PLAIN', statistics: false} : {}),
  }));
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({key, value}));
  return new Uint8Array(parquetWriteBuffer({columnData, kvMetadata, createdBy: 'cnnslicer'}));
}

/** The values of a column, each checked against its type. */
function columnValues(
  {rows, valueAt}: Cells,
  type: ColumnType,
  place: {table: string; column: string},
): Cell[] {
  const nullable = type.endsWith('?');
  const expected = type.startsWith('string') ? 'string' : 'number';
  const integer = type.startsWith('int32');
  const values = new Array<Cell>(rows);
  for (let row = 0; row < rows; row++) {
    const value = valueAt(place.column, row);
    const fits = value === null ? nullable : typeof value === expected;
    if (!fits || value === undefined) throw new TypeError(misfit(value, {...place, row, rule: type}));
    if (integer && value !== null && value !== ((value as number) | 0)) {
      throw new RangeError(misfit(value, {...place, row, rule: 'a 32-bit integer'}));
    }
    values[row] = value;
  }
  return values;
}

interface Misfit {
  table: string;
  column: string;
  row: number;
  rule: string;
}

function misfit(value: Cell | undefined, {table, column, row, rule}: Misfit): string {
  return `table ${table}: row ${row}, column ${column} must be ${rule}, got ${String(value)}.`;
}
