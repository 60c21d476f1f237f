import {parquetMetadataAsync, parquetRead, parquetSchema, type FileMetaData} from 'hyparquet';
import {baseType, tableColumns, type TableColumn} from '../shared/index.js';
import type {IntegerColumn, TextColumn} from './typed-columns.js';

/** Doubles that tell null from NaN: where `nulls` has a 1 there is none. */
export interface NullableDoubles {
  type: 'double';
  values: Float64Array<ArrayBuffer>;
  nulls: Uint8Array<ArrayBuffer> | null;
}

export type ParquetColumn = IntegerColumn | NullableDoubles | TextColumn;

/** A metric table as it leaves the Parquet reader. */
export interface ParquetColumns {
  rows: number;
  columns: Record<string, ParquetColumn>;
  /** Columns that the file does not have, null throughout; absent where it has all. */
  notRecorded?: string[];
}

/** Maximum number of rows of a file of this size: every page of a run of equal values takes some bytes. */
const ROWS_PER_BYTE = 256;

/**
 * The columns of a metric table from the bytes of its Parquet file. Columns that this version does not know are left
 * alone; one that may be null and is not there, as an earlier version did not know it, is null throughout, with the
 * reason `not-recorded` where it is the one that the table's reasons explain. The reader believes what a file says: call
 * this where nothing else waits for it, see `decode-table.ts`.
 *
 * @param maxRows - Maximum number of rows.
 * @throws {Error} if the bytes are not Parquet, a column that is never null is not there, one is not whole, or there
 *   are too many rows.
 */
export async function parquetColumns(
  table: string,
  bytes: Uint8Array,
  maxRows: number,
): Promise<ParquetColumns> {
  const file = asArrayBuffer(bytes);
  const metadata = await parquetMetadataAsync(file, {geoparquet: false});
  const rows = rowCount(metadata, Math.min(maxRows, bytes.length * ROWS_PER_BYTE));
  const {recorded, notRecorded} = partColumns(table, metadata);
  const makers = recorded.map(([name, {type}]) => [name, COLUMNS[baseType(type)](rows)] as const);
  const fills = new Map(makers.map(([name, {fill}]) => [name, fill]));
  const filled = new Map<string, number>();
  await parquetRead({
    file,
    metadata,
    columns: [...fills.keys()],
    onChunk: ({columnName, columnData, rowStart}) => {
      fills.get(columnName)?.(columnData as ArrayLike<unknown>, rowStart);
      filled.set(columnName, (filled.get(columnName) ?? 0) + columnData.length);
    },
  });
  for (const name of fills.keys()) {
    const found = filled.get(name) ?? 0;
    if (found !== rows) throw new Error(`column ${name} has ${found} values for ${rows} rows`);
  }
  const columns = Object.fromEntries(makers.map(([name, {column}]) => [name, column]));
  return notRecorded.length > 0 ? withNulls(table, {rows, columns}, notRecorded) : {rows, columns};
}

type NamedColumn = [name: string, column: TableColumn];

function partColumns(table: string, metadata: FileMetaData) {
  const inFile = new Set(parquetSchema(metadata).children.map(({element}) => element.name));
  const [recorded, notRecorded]: [NamedColumn[], NamedColumn[]] = [[], []];
  for (const column of tableColumns(table)) {
    const [name, {type}] = column;
    if (inFile.has(name)) recorded.push(column);
    else if (type.endsWith('?')) notRecorded.push(column);
    else throw new Error(`it has no column ${name}, which every version of cnnslicer writes`);
  }
  return {recorded, notRecorded};
}

/** The same table with columns of nulls, in the order of its schema. */
function withNulls(
  table: string,
  {rows, columns}: ParquetColumns,
  notRecorded: readonly NamedColumn[],
): ParquetColumns {
  const names = notRecorded.map(([name]) => name);
  const all = {...columns};
  for (const [name, {type}] of notRecorded) {
    const {column, fill} = COLUMNS[baseType(type)](rows);
    fill(new Array<null>(rows).fill(null), 0);
    all[name] = column;
  }
  const inOrder = tableColumns(table).map(([name, {explains = []}]) => {
    const column = all[name] as ParquetColumn;
    const isReason = column.type === 'string' && explains.some(other => names.includes(other));
    return [name, isReason ? explained(column) : column] as const;
  });
  return {rows, columns: Object.fromEntries(inOrder), notRecorded: names};
}

/** The reasons of a table, with `not-recorded` where there is none. */
function explained({values, words}: TextColumn): TextColumn {
  const code = words.length;
  return {
    type: 'string',
    values: values.map(old => (old < 0 ? code : old)),
    words: [...words, 'not-recorded'],
  };
}

/** Reads the texts stored with a table in its file, by key. */
export async function parquetTexts(bytes: Uint8Array): Promise<Map<string, string>> {
  const {key_value_metadata: entries} = await parquetMetadataAsync(asArrayBuffer(bytes), {geoparquet: false});
  return new Map(entries?.map(({key, value}) => [key, value ?? '']));
}

function rowCount({num_rows, row_groups}: FileMetaData, maxRows: number): number {
  const rows = Number(num_rows);
  if (!(rows >= 0 && rows <= maxRows))
    throw new Error(`it has ${rows} rows, and no more than ${maxRows} can be right`);
  const inGroups = row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (inGroups !== rows) throw new Error(`it has ${rows} rows, and ${inGroups} in its row groups`);
  return rows;
}

/** Bytes as the Parquet reader takes them. */
function asArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const {buffer, byteOffset, byteLength} = bytes;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return buffer;
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

/** Copies values into a column, starting at a row. */
type Fill = (values: ArrayLike<unknown>, first: number) => void;

const COLUMNS: Record<ParquetColumn['type'], (rows: number) => {column: ParquetColumn; fill: Fill}> = {
  int32: rows => {
    const column: IntegerColumn = {type: 'int32', values: new Int32Array(rows), nulls: null};
    return {column, fill: numberFill(column, rows)};
  },
  double: rows => {
    const values = new Float64Array(rows).fill(Number.NaN);
    const column: NullableDoubles = {type: 'double', values, nulls: null};
    return {column, fill: numberFill(column, rows)};
  },
  string: rows => {
    const column: TextColumn = {type: 'string', values: new Int32Array(rows), words: []};
    const codes = new Map<unknown, number>([
      [null, -1],
      [undefined, -1],
    ]);
    const fill: Fill = (values, first) => {
      for (let i = 0; i < values.length; i++) {
        const word = values[i];
        let code = codes.get(word);
        if (code === undefined) {
          if (typeof word !== 'string') throw new Error(`a text is ${typeof word}`);
          code = column.words.push(word) - 1;
          codes.set(word, code);
        }
        column.values[first + i] = code;
      }
    };
    return {column, fill};
  },
};

function numberFill(column: IntegerColumn | NullableDoubles, rows: number): Fill {
  return (values, first) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number | null | undefined;
      if (value === null || value === undefined) (column.nulls ??= new Uint8Array(rows))[first + i] = 1;
      else if (typeof value === 'number') column.values[first + i] = value;
      else throw new Error(`a number is ${typeof value}`);
    }
  };
}
