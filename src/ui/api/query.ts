import type {QueryResult, ResultCell, ResultColumn} from '../../shared/index.js';
import {announcedColumns, type AnnouncedColumn} from './announced-columns.js';
import {get} from './client.js';

export interface QueryOptions {
  /** Aborted when the answer is no longer needed: the server then stops its work. */
  signal: AbortSignal;
  /** Names the request in the `progress` events; nameless ones have none. */
  request?: string;
}

/**
 * The answer to an expression in the notation.
 *
 * @throws {RequestError} if the server refuses, with its reason, or does not answer.
 */
export async function fetchQuery(
  run: string,
  expression: string,
  {signal, request}: QueryOptions,
): Promise<QueryResult> {
  const query = new URLSearchParams({expression, format: 'arrow', ...(request !== undefined && {request})});
  const response = await get(`api/runs/${encodeURIComponent(run)}/query?${query.toString()}`, signal);
  return decodeQuery(new Uint8Array(await response.arrayBuffer()));
}

/**
 * Reads the Arrow IPC stream of `/query`. A column's values are made when they are first read: a matrix of channel
 * pairs has a quarter of a million rows, of which a drawing needs few columns.
 *
 * @throws {Error} if the schema's metadata lack `about`, `constants` or `columns`, or a column is in none of them.
 */
export function decodeQuery(bytes: Uint8Array): QueryResult {
  const {about, columns} = announcedColumns<Omit<QueryResult, 'columns'>>(bytes);
  return {...about, columns: columns.map(lazily)};
}

function lazily({name, type, values: make}: AnnouncedColumn): ResultColumn {
  let values: ResultCell[] | null = null;
  return {
    name,
    type,
    get values() {
      return (values ??= Array.from(make()));
    },
  };
}
