import {tableFromIPC} from '@uwdata/flechette';
import type {QueryResult, ResultCell, ResultColumn} from '../../shared/index.js';
import {get} from './client.js';

/** The answer to an expression in the notation; `request` names it in the progress events. */
export async function fetchQuery(
  run: string,
  expression: string,
  {signal, request}: {signal: AbortSignal; request?: string},
): Promise<QueryResult> {
  const query = new URLSearchParams({expression, format: 'arrow', ...(request !== undefined && {request})});
  const response = await get(`api/runs/${encodeURIComponent(run)}/query?${query.toString()}`, signal);
  return decodeQuery(new Uint8Array(await response.arrayBuffer()));
}

/** Reads the Arrow IPC stream of `/query`; a column that is constant stands in the schema's metadata. */
export function decodeQuery(bytes: Uint8Array): QueryResult {
  const table = tableFromIPC(bytes);
  const metadata = (name: string): unknown => JSON.parse(table.schema.metadata?.get(name) ?? 'null');
  const about = metadata('about') as Omit<QueryResult, 'columns'>;
  const constants = metadata('constants') as Record<string, ResultCell>;
  const columns = metadata('columns') as Omit<ResultColumn, 'values'>[];
  return {
    ...about,
    columns: columns.map(column => ({
      ...column,
      values:
        table.getChild(column.name)?.toArray() ??
        Array<ResultCell>(about.rows).fill(constants[column.name] ?? null),
    })) as ResultColumn[],
  };
}
