import type {
  ApiError,
  Finding,
  RunAccuracies,
  RunDetail,
  RunSummary,
  Table,
  TableName,
  TableRows,
} from '../../shared/index.js';
import {announcedTable} from './announced-table.js';
import {decodeSamples, type ProbeSample} from './samples.js';

/** A request that the server refused, or that did not reach it; the message is fit for a panel. */
export class RequestError extends Error {
  override name = 'RequestError';
}

/** Which part of a table; each filter is optional. */
export interface TableFilter {
  epoch?: number;
  layer?: string;
  /** Class index, or `all` for the rows over all samples. */
  class?: number | 'all';
  /** Columns wanted, in this order. */
  columns?: readonly string[];
}

/** Every run under the log directory. */
export async function fetchRuns(signal: AbortSignal): Promise<RunSummary[]> {
  return (await (await get('api/runs', signal)).json()) as RunSummary[];
}

/** The last accuracy of every run, by run id. */
export async function fetchAccuracies(signal: AbortSignal): Promise<RunAccuracies> {
  return (await (await get('api/accuracies', signal)).json()) as RunAccuracies;
}

/** Returns what does not change between epochs, and the run's summary. */
export async function fetchRun(run: string, signal: AbortSignal): Promise<RunDetail> {
  return (await (await get(`api/runs/${encodeURIComponent(run)}`, signal)).json()) as RunDetail;
}

/**
 * A metric table of a run, or the part of it that the filter lets through, as Arrow: many thousand rows would take long to
 * parse as JSON.
 *
 * @param filter - Rows and columns wanted; default all.
 */
export async function fetchTable<T extends TableName>(
  run: string,
  table: T,
  filter: TableFilter,
  signal: AbortSignal,
): Promise<Table<TableRows[T]>> {
  const response = await get(tablePath(run, table, {format: 'arrow', ...filter}), signal);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const {about, columns} = announcedTable<Omit<Table, 'columns'>>(bytes);
  return {...about, columns} as Table<TableRows[T]>;
}

/** Returns the URL of that table, relative to the page. */
export function tablePath(run: string, table: TableName, filter: TableFilter & {format?: 'arrow'}): string {
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

/** Characters of a path; a server takes 16 KiB of path and headers together. */
const maxPathLength = 12_000;

/**
 * A GET of a path of this server.
 *
 * @throws {RequestError} if the path is longer than a server takes, the server does not answer, or refuses.
 */
export async function get(path: string, signal: AbortSignal): Promise<Response> {
  if (path.length > maxPathLength) {
    throw new RequestError(
      `The question is too long: written as an address it has ${path.length} characters, and the server takes ${maxPathLength}. Shorten it, for example by ranges such as 0..99 instead of lists.`,
    );
  }
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
