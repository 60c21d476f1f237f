import {signal} from '@preact/signals';
import type {ProgressEvent, QueryResult} from '../../shared/index.js';
import {fetchQuery} from '../api/query.js';

/** Every page hears of all requests' progress: names begin with a text that no other page has. */
const page = Math.random().toString(36).slice(2);

/** Queries under way, by the name of their request. */
const underWay = new Map<string, string>();

/** Progress, 0..1, by query; those without a report of the server are missing. */
const shares = signal<ReadonlyMap<string, number>>(new Map());

let asked = 0;

/**
 * Runs a query in the notation; `progressOf` tells how far its answer is.
 *
 * @param aborted - Stops the work, also the server's.
 */
export async function ask(run: string, expression: string, aborted: AbortSignal): Promise<QueryResult> {
  const request = `${page}-${++asked}`;
  const query = `${run} ${expression}`;
  underWay.set(request, query);
  try {
    return await fetchQuery(run, expression, {signal: aborted, request});
  } finally {
    underWay.delete(request);
    const rest = new Map(shares.peek());
    if (rest.delete(query)) shares.value = rest;
  }
}

/** Returns the progress of a query, 0..1; null if it is not running, or nothing is known yet. Reactive. */
export function progressOf(run: string, expression: string): number | null {
  return shares.value.get(`${run} ${expression}`) ?? null;
}

/** Handles a `progress` event of the server; those of other pages are ignored. */
export function noteProgress({request, done}: ProgressEvent): void {
  const query = underWay.get(request);
  if (query !== undefined) shares.value = new Map(shares.peek()).set(query, done);
}
