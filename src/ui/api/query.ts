import type {QueryResult} from '../../shared/index.js';
import {announcedTable} from './announced-table.js';
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
 * Reads the Arrow IPC stream of `/query`.
 *
 * @throws {Error} if the schema's metadata lack `about`, `constants` or `columns`; later if a column is in none of them.
 */
export function decodeQuery(bytes: Uint8Array): QueryResult {
  const {about, columns} = announcedTable<Omit<QueryResult, 'columns'>>(bytes);
  return {...about, columns};
}
