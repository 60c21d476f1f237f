import {parquetMetadataAsync, parquetRead, parquetSchema, type FileMetaData} from 'hyparquet';
import {
  baseType,
  columnMaker,
  constantColumn,
  tableColumns,
  type Column,
  type Table,
  type TableColumn,
  type TextColumn,
} from '../shared/index.js';

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
export async function parquetColumns(table: string, bytes: Uint8Array, maxRows: number): Promise<Table> {
  const file = asArrayBuffer(bytes);
  const metadata = await parquetMetadataAsync(file, {geoparquet: false});
  const rows = rowCount(metadata, Math.min(maxRows, bytes.length * ROWS_PER_BYTE));
  const {recorded, notRecorded} = partColumns(table, metadata);
  const makers = recorded.map(([name, {type}]) => [name, columnMaker(nullable(type), rows)] as const);
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

/** A null where the schema has none is for the reader of the value to judge. */
function nullable(type: TableColumn['type']): TableColumn['type'] {
  return `${baseType(type)}?`;
}

/** The same table with columns of nulls, in the order of its schema. */
function withNulls(table: string, {rows, columns}: Table, notRecorded: readonly NamedColumn[]): Table {
  const names = notRecorded.map(([name]) => name);
  const inOrder = tableColumns(table).map(([name, {type, explains = []}]) => {
    const column: Column = columns[name] ?? constantColumn(type, null, rows);
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
