import type {ApiError, Columns, Finding, RunDetail, RunSummary, TableName} from '../../shared/index.js';
import {announcedColumns} from './announced-columns.js';
import {decodeSamples, type ProbeSample} from './samples.js';

/** A request that the server refused, or that did not reach it; the message is fit for a panel. */
export class RequestError extends Error {
  override name = 'RequestError';
}

/** Which rows of a table; each filter is optional. */
export interface TableFilter {
  epoch?: number;
  layer?: string;
  /** Class index, or `all` for the rows over all samples. */
  class?: number | 'all';
}

/** Every run under the log directory. */
export async function fetchRuns(signal: AbortSignal): Promise<RunSummary[]> {
  return (await (await get('api/runs', signal)).json()) as RunSummary[];
}

/** Returns what does not change between epochs, and the run's summary. */
export async function fetchRun(run: string, signal: AbortSignal): Promise<RunDetail> {
  return (await (await get(`api/runs/${encodeURIComponent(run)}`, signal)).json()) as RunDetail;
}

/** A metric table of a run, or the part of it that the filter lets through. */
export async function fetchTable(
  run: string,
  table: TableName,
  filter: TableFilter,
  signal: AbortSignal,
): Promise<Columns> {
  return (await (await get(tablePath(run, table, filter), signal)).json()) as Columns;
}

/** Columns of a table; numbers of which none is null are typed arrays. */
export interface TableColumns {
  rows: number;
  columns: Record<string, ArrayLike<number | string | null>>;
  /** As in `Columns`. */
  notRecorded?: string[];
}

/** Some columns of a table as Arrow: for many thousand rows, which would take long to parse as JSON. */
export async function fetchColumns(
  run: string,
  table: TableName,
  {columns, ...filter}: TableFilter & {columns: readonly string[]},
  signal: AbortSignal,
): Promise<TableColumns> {
  const path = tablePath(run, table, {...filter, columns: columns.join(','), format: 'arrow'});
  const bytes = new Uint8Array(await (await get(path, signal)).arrayBuffer());
  const {about, columns: read} = announcedColumns<Omit<TableColumns, 'columns'>>(bytes);
  const values = read.map(column => [column.name, column.values() as ArrayLike<number | string | null>]);
  return {...about, columns: Object.fromEntries(values) as TableColumns['columns']};
}

/** Returns the URL of that table, relative to the page. */
export function tablePath(
  run: string,
  table: TableName,
  filter: TableFilter & {columns?: string; format?: 'arrow'},
): string {
  const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
  const path = `api/runs/${encodeURIComponent(run)}/tables/${table}`;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** Returns the findings of a run. */
export async function fetchFindings(run: string, signal: AbortSignal): Promise<Finding[]> {
  return (await (await get(`api/runs/${encodeURIComponent(run)}/findings`, signal)).json()) as Finding[];
}

/** The inputs of some probe samples, in the order asked for. */
export async function fetchSamples(
  run: string,
  samples: number[],
  signal: AbortSignal,
): Promise<ProbeSample[]> {
  const response = await get(
    `api/runs/${encodeURIComponent(run)}/samples?sample=${samples.join(',')}`,
    signal,
  );
  return decodeSamples(new Uint8Array(await response.arrayBuffer()));
}

/**
 * A GET of a path of this server.
 *
 * @throws {RequestError} if the server does not answer, or refuses.
 */
export async function get(path: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {signal});
  } catch (cause) {
    throw new RequestError('The server does not answer. Is "cnnslicer view" still running?', {cause});
  }
  if (response.ok) return response;
  const text = await response.text();
  throw new RequestError(messageOf(text) ?? `The server answered ${response.status} to ${path}.`);
}

/** The message of an `ApiError` body; null for a body that is none. */
function messageOf(text: string): string | null {
  if (!text.startsWith('{')) return null;
  const body = JSON.parse(text) as Partial<ApiError>;
  return body.error?.message ?? null;
}
