import {tableFromIPC, type Table} from '@uwdata/flechette';
import type {QueryResult, ResultCell, ResultColumn} from '../../shared/index.js';
import {get} from './client.js';

export interface QueryOptions {
  /** Aborted when nobody waits for the answer any more: the server then stops its work. */
  signal: AbortSignal;
  /** Names the request in the `progress` events; nameless ones have none. */
  request?: string;
}

/** A column as the schema's metadata announce it. */
type Announced = Pick<ResultColumn, 'name' | 'type'>;

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
  const table = tableFromIPC(bytes);
  const about = metadataOf(table, 'about') as Omit<QueryResult, 'columns'>;
  const constants = metadataOf(table, 'constants') as Record<string, ResultCell>;
  const columns = metadataOf(table, 'columns') as Announced[];
  return {...about, columns: columns.map(column => lazily(column, () => valuesOf(table, column.name)))};

  function valuesOf({numRows}: Table, name: string): ResultCell[] {
    const column = table.getChild(name);
    if (column) return Array.from(column.toArray() as ArrayLike<ResultCell>);
    const constant = constants[name];
    if (constant === undefined)
      throw new Error(`decodeQuery: the answer announces a column ${name} and lacks it.`);
    return new Array<ResultCell>(Math.max(numRows, about.rows)).fill(constant);
  }
}

function lazily({name, type}: Announced, make: () => ResultCell[]): ResultColumn {
  let values: ResultCell[] | null = null;
  return {
    name,
    type,
    get values() {
      return (values ??= make());
    },
  };
}

function metadataOf(table: Table, name: string): unknown {
  const text = table.schema.metadata?.get(name);
  if (text === undefined) throw new Error(`decodeQuery: the answer's schema has no metadata "${name}".`);
  return JSON.parse(text);
}
