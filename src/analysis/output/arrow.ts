import type {QueryResult} from '../../shared/index.js';
import {tableStream} from '../../store/arrow/table-stream.js';

/** A result as an Arrow IPC stream, with its facts in the schema's metadata under `about`; see `tableStream`. */
export function arrowChunks({columns, ...about}: QueryResult): Generator<Uint8Array, void> {
  return tableStream({rows: about.rows, columns}, {about, texts: 'utf8'});
}
