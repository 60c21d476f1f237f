import {createHash} from 'node:crypto';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {TABLE_SCHEMAS, type EpochManifest, type TableColumn} from 'cnnslicer/store';
import {parquetWriteBuffer, type ColumnSource} from 'hyparquet-writer';
import {cellsOf, type Column, type TableName} from '#src/shared/index.js';
import {decodeTable} from '#src/store/decode-table.js';
import {editSealed} from './edit-sealed.js';

const PARQUET_TYPES = {int32: 'INT32', double: 'DOUBLE', string: 'STRING'} as const;

/** Rewrites a table of an epoch with other columns, and names the file in the manifest, as another version would. */
export async function rewriteTable(
  dir: string,
  {table, epoch}: {table: TableName; epoch: number},
  edit: (columns: ColumnSource[]) => ColumnSource[],
): Promise<void> {
  const path = `metrics/${table}/epoch=${epoch}/part-0.parquet`;
  const {columns, notRecorded = []} = await decodeTable(table, await readFile(join(dir, path)));
  const byName: Readonly<Record<string, Column>> = columns;
  const inFile = Object.entries<TableColumn>(TABLE_SCHEMAS[table]).filter(
    ([name]) => !notRecorded.includes(name),
  );
  const sources = inFile.map(([name, {type}]): ColumnSource => ({
    name,
    type: PARQUET_TYPES[type.replace('?', '') as keyof typeof PARQUET_TYPES],
    nullable: type.endsWith('?'),
    data: cellsOf(byName[name] as Column),
  }));
  const bytes = Buffer.from(parquetWriteBuffer({columnData: edit(sources)}));
  await writeFile(join(dir, path), bytes);
  await editManifest(dir, epoch, files => {
    const file = files.find(entry => entry['path'] === path);
    Object.assign(file ?? {}, digestOf(bytes));
  });
}

/** Adds a file of any kind to an epoch, and names it in the manifest. */
export async function addFile(
  dir: string,
  epoch: number,
  {path, bytes, ...entry}: {kind: string; path: string; bytes: Uint8Array; [key: string]: unknown},
): Promise<void> {
  await mkdir(dirname(join(dir, path)), {recursive: true});
  await writeFile(join(dir, path), bytes);
  await editManifest(dir, epoch, files => void files.push({path, ...digestOf(bytes), ...entry}));
}

function editManifest(
  dir: string,
  epoch: number,
  edit: (files: Record<string, unknown>[]) => void,
): Promise<void> {
  const path = join(dir, `activations/epoch=${epoch}/_manifest.json`);
  return editSealed<EpochManifest>(path, ({files}) => edit(files));
}

const digestOf = (bytes: Uint8Array) => ({
  bytes: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
