import {field} from '@uwdata/flechette';
import {cellOf, isConstant, rowGroups, sliceColumn, type Cell, type Table} from '../../shared/index.js';
import {columnBatches, type TextEncoding} from './column-batches.js';
import {streamChunks} from './stream-chunks.js';

/** Options of {@link tableStream}. */
export interface TableStreamOptions {
  /** What the table is: any JSON, with the number of rows. */
  about: object;
  texts: TextEncoding;
}

/**
 * A table as an Arrow IPC stream, what a browser reads fastest. Columns of one value throughout are not sent row by row:
 * they are in the schema's metadata as JSON under `constants`, the order and types of all columns under `columns`, and
 * `about` as it is given. Where no column varies, the first is sent all the same: other readers refuse a schema without.
 */
export function* tableStream(table: Table, {about, texts}: TableStreamOptions): Generator<Uint8Array, void> {
  const entries = Object.entries(table.columns);
  const constants = entries.flatMap(([name, column]) => {
    const cell = isConstant(column) ? cellOf(column, 0) : undefined;
    return cell !== undefined && isJson(cell) ? [[name, cell] as const] : [];
  });
  const names = new Set(constants.map(([name]) => name));
  const varying = entries.filter(([name]) => !names.has(name));
  const sent = (varying.length > 0 ? varying : entries.slice(0, 1)).map(([name, column]) => {
    return {name, column, batches: columnBatches(column, texts)};
  });
  const metadata = new Map([
    ['about', JSON.stringify(about)],
    ['constants', JSON.stringify(Object.fromEntries(constants))],
    ['columns', JSON.stringify(entries.map(([name, {type}]) => ({name, type})))],
  ]);
  const fields = sent.map(({name, batches}) => field(name, batches.type, true));
  yield* streamChunks(fields, parts(), metadata);

  function* parts() {
    for (const {first, end} of rowGroups(table)) {
      yield sent.map(({column, batches}) => batches.batch(sliceColumn(column, first, end)));
    }
  }
}

/** NaN, the infinities and -0 are lost in JSON. */
function isJson(cell: Cell): boolean {
  return typeof cell !== 'number' || (Number.isFinite(cell) && !Object.is(cell, -0));
}
