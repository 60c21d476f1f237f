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
  const columnData = tableColumns(table).map(([column, type]): ColumnSource => {
    const nullable = type.endsWith('?');
    return {
      name: column,
      type: PARQUET_TYPES[type],
      nullable,
      data: rows.map((row, i) =>
        checkedValue((row as unknown as Cells)[column], type, {table, column, row: i}),
      ),
      // A dictionary would merge 0 and -0, and minimum and maximum say nothing about NaN: DuckDB then skips rows.
      ...(type.startsWith('double') ? {encoding: 'PLAIN', statistics: false} : {}),
    };
  });
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

interface CellPlace {
  table: string;
  column: string;
  row: number;
}

function checkedValue(value: Cell | undefined, type: ColumnType, place: CellPlace): Cell {
  if (value === null && type.endsWith('?')) return null;
  const expected = type.startsWith('string') ? 'string' : 'number';
  const where = `row ${place.row}, column ${place.column}`;
  if (typeof value !== expected) {
    throw new TypeError(`table ${place.table}: ${where} must be a ${type}, got ${String(value)}.`);
  }
  if (type.startsWith('int32') && (value as number) !== ((value as number) | 0)) {
    throw new RangeError(`table ${place.table}: ${where} must be a 32-bit integer, got ${String(value)}.`);
  }
  return value as Cell;
}
