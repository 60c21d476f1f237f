import {tableFromIPC, type Table} from '@uwdata/flechette';
import type {ResultCell, ResultColumn} from '../../shared/index.js';

/** A column as the schema's metadata announce it. */
export interface AnnouncedColumn extends Pick<ResultColumn, 'name' | 'type'> {
  /** Made when they are asked for; the very bytes of the answer where none is null. */
  values: () => ArrayLike<ResultCell>;
}

/**
 * Reads the Arrow IPC streams of `/query` and of tables: columns that vary in the batches, those of one value throughout
 * in the schema's metadata.
 *
 * @throws {Error} if the metadata lack `about`, `constants` or `columns`; later if a column is in neither place.
 */
export function announcedColumns<About extends {rows: number}>(
  bytes: Uint8Array,
): {about: About; columns: AnnouncedColumn[]} {
  const table = tableFromIPC(bytes);
  const about = metadataOf(table, 'about') as About;
  const constants = metadataOf(table, 'constants') as Record<string, ResultCell>;
  const columns = metadataOf(table, 'columns') as Pick<ResultColumn, 'name' | 'type'>[];
  return {about, columns: columns.map(column => ({...column, values: () => valuesOf(column.name)}))};

  function valuesOf(name: string): ArrayLike<ResultCell> {
    const column = table.getChild(name);
    if (column) return column.toArray() as ArrayLike<ResultCell>;
    const constant = constants[name];
    if (constant === undefined)
      throw new Error(`The response declares column ${name} but does not contain it.`);
    return new Array<ResultCell>(Math.max(table.numRows, about.rows)).fill(constant);
  }
}

function metadataOf(table: Table, name: string): unknown {
  const text = table.schema.metadata?.get(name);
  if (text === undefined) throw new Error(`The answer's schema has no metadata "${name}".`);
  return JSON.parse(text);
}
