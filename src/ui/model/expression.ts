import type {Query} from '../../shared/index.js';
import {parseQuery} from '../../shared/notation/parse-query.js';
import {QueryError} from '../../shared/notation/query-error.js';

/** An expression as it was understood, or what is wrong with it. */
export type Reading = {query: Query; error: null} | {query: null; error: QueryError};

/** Reads an expression; never throws. */
export function readExpression(text: string): Reading {
  try {
    return {query: parseQuery(text), error: null};
  } catch (error) {
    if (error instanceof QueryError) return {query: null, error};
    throw error;
  }
}

/** Splits a text into the parts before, in and after its error; at least one character is marked, even past the end. */
export function markFault(
  text: string,
  {position, end}: {position: number; end: number},
): [before: string, fault: string, after: string] {
  const last = Math.max(end, position + 1);
  return [text.slice(0, position), text.slice(position, last) || ' ', text.slice(last)];
}
