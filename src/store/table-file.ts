import {parquetMetadataAsync, parquetRead, parquetReadObjects} from 'hyparquet';
import {parquetWriteBuffer, type BasicType, type ColumnSource} from 'hyparquet-writer';
import type {Columns, TableName, TableRows} from '../shared/index.js';
import {tableColumns, type ColumnType} from './table-schemas.js';

/**
 * A metric table as the bytes of a Parquet file (Snappy). Types come from the table's schema, so that a column of
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
 * @param metadata - Texts that the file carries beside the table.
 */
export function encodeColumns(
  table: TableName,
  {rows, columns}: Columns,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return encode(table, {rows, valueAt: (column, row) => columns[column]?.[row]}, metadata);
}

/**
 * The rows of a metric table from the bytes of its Parquet file.
 *
 * @throws {Error} if the bytes are not Parquet, or a column of the table is not there.
 */
export async function decodeTable<T extends TableName>(table: T, bytes: Uint8Array): Promise<TableRows[T][]> {
  return (await parquetReadObjects({file: fileOf(bytes), columns: columnNames(table)})) as TableRows[T][];
}

/** Like {@link decodeTable}, by columns: several times faster, as no object is made for a row. */
export async function decodeColumns(table: TableName, bytes: Uint8Array): Promise<Columns> {
  const file = fileOf(bytes);
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  const columns = Object.fromEntries(
    columnNames(table).map(name => [name, new Array<Cell>(rows).fill(null)]),
  );
  await parquetRead({
    file,
    metadata,
    columns: Object.keys(columns),
    onChunk: ({columnName, columnData, rowStart}) => {
      const into = columns[columnName] ?? [];
      for (let i = 0; i < columnData.length; i++) into[rowStart + i] = (columnData[i] ?? null) as Cell;
    },
  });
  return {rows, columns};
}

/** A text that {@link encodeColumns} put beside a table; `undefined` if there is none. */
export async function tableMetadata(bytes: Uint8Array, key: string): Promise<string | undefined> {
  const {key_value_metadata: entries} = await parquetMetadataAsync(fileOf(bytes));
  return entries?.find(entry => entry.key === key)?.value;
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
  const columnData = tableColumns(table).map(([column, type]): ColumnSource => ({
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

function columnNames(table: TableName): string[] {
  return tableColumns(table).map(([column]) => column);
}

/** Bytes as the Parquet reader takes them. */
export function fileOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
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
