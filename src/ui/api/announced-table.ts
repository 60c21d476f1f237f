import {tableFromIPC, type Table as ArrowTable} from '@uwdata/flechette';
import {columnFrom, constantColumn, type Cell, type Column, type Table} from '../../shared/index.js';

/** A column as the schema's metadata announce it. */
interface AnnouncedColumn {
  name: string;
  type: Column['type'];
}

/**
 * Reads the Arrow IPC streams of `/query` and of tables: columns that vary in the batches, those of one value throughout
 * in the schema's metadata. A column is made when it is first read: a matrix of channel pairs has a quarter of a million
 * rows, of which a drawing needs few columns.
 *
 * @throws {Error} if the metadata lack `about`, `constants` or `columns`; later if a column is in neither place.
 */
export function announcedTable<About extends {rows: number}>(
  bytes: Uint8Array,
): {about: About; columns: Table['columns']} {
  const arrow = tableFromIPC(bytes);
  const about = metadataOf(arrow, 'about') as About;
  const constants = metadataOf(arrow, 'constants') as Record<string, Cell>;
  const columns: Table['columns'] = {};
  for (const {name, type} of metadataOf(arrow, 'columns') as AnnouncedColumn[]) {
    let column: Column | undefined;
    const get = () => (column ??= columnOf({name, type}, arrow, {constants, rows: about.rows}));
    Object.defineProperty(columns, name, {enumerable: true, get});
  }
  return {about, columns};
}

function columnOf(
  {name, type}: AnnouncedColumn,
  arrow: ArrowTable,
  {constants, rows}: {constants: Readonly<Record<string, Cell>>; rows: number},
): Column {
  const nullable = type === 'map' ? type : (`${type}?` as const);
  const values = arrow.getChild(name)?.toArray() as ArrayLike<unknown> | undefined;
  // The very bytes of the answer where none is null.
  if (type === 'int32' && values instanceof Int32Array) return {type, values, nulls: null};
  if (type === 'double' && values instanceof Float64Array) return {type, values, nulls: null};
  if (values !== undefined) return columnFrom(nullable, values);
  const constant = constants[name];
  if (constant !== undefined) return constantColumn(nullable, constant, rows);
  throw new Error(`The response declares column ${name} but does not contain it.`);
}

function metadataOf(table: ArrowTable, name: string): unknown {
  const text = table.schema.metadata?.get(name);
  if (text === undefined) throw new Error(`The answer's schema has no metadata "${name}".`);
  return JSON.parse(text);
}
