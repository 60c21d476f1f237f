import {parquetReadObjects} from 'hyparquet';
import {parquetWriteBuffer, type BasicType, type ColumnSource} from 'hyparquet-writer';
import type {TableName, TableRows} from '../shared/index.js';
import {tableColumns, type ColumnType} from './table-schemas.js';

/**
 * A metric table as the bytes of a Parquet file (Snappy). Types come from the table's schema, so that a column of
 * nulls keeps its type; NaN, -0 and infinities of a double column are kept.
 *
 * @throws {TypeError | RangeError} naming table, row and column, if a value does not fit its column.
 */
export function encodeTable<T extends TableName>(table: T, rows: readonly TableRows[T][]): Uint8Array {
  const columnData = tableColumns(table).map(([column, type]): ColumnSource => ({
    name: column,
    type: PARQUET_TYPES[type],
    nullable: type.endsWith('?'),
    data: columnValues(rows as readonly unknown[] as readonly Cells[], type, {table, column}),
    // A dictionary would merge 0 and -0; minimum and maximum leave NaN out, so pruning by them could skip rows.
    ...(type.startsWith('double') ? {encoding: 'PLAIN', statistics: false} : {}),
  }));
  return new Uint8Array(parquetWriteBuffer({columnData, createdBy: 'cnnslicer'}));
}

/**
 * The rows of a metric table from the bytes of its Parquet file.
 *
 * @throws {Error} if the bytes are not Parquet, or a column of the table is not there.
 */
export async function decodeTable<T extends TableName>(table: T, bytes: Uint8Array): Promise<TableRows[T][]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const columns = tableColumns(table).map(([column]) => column);
  return (await parquetReadObjects({file, columns})) as TableRows[T][];
}

type Cell = number | string | null;
type Cells = Record<string, Cell | undefined>;

const PARQUET_TYPES: Readonly<Record<ColumnType, BasicType>> = {
  int32: 'INT32',
  'int32?': 'INT32',
  double: 'DOUBLE',
  'double?': 'DOUBLE',
  string: 'STRING',
  'string?': 'STRING',
};

/** The values of a column, each checked against its type. */
function columnValues(
  rows: readonly Cells[],
  type: ColumnType,
  place: {table: string; column: string},
): Cell[] {
  const {column} = place;
  const nullable = type.endsWith('?');
  const expected = type.startsWith('string') ? 'string' : 'number';
  const integer = type.startsWith('int32');
  const values = new Array<Cell>(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = rows[i]?.[column];
    const fits = value === null ? nullable : typeof value === expected;
    if (!fits || value === undefined) throw new TypeError(misfit(value, {...place, row: i, rule: type}));
    if (integer && value !== null && value !== ((value as number) | 0)) {
      throw new RangeError(misfit(value, {...place, row: i, rule: 'a 32-bit integer'}));
    }
    values[i] = value;
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
