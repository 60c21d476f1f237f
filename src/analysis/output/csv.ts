import type {QueryResult} from '../../shared/index.js';
import {gathered, joinedValues} from './text-chunks.js';

/**
 * A result as CSV (RFC 4180) with a header line; undefined is an empty field, a feature map its values with spaces. A
 * text that a spreadsheet would take for a formula, such as a class named `=A1`, gets an apostrophe before it.
 */
export function csvChunks(result: QueryResult): Generator<string, void, undefined> {
  return gathered(csvTexts(result));
}

function* csvTexts({rows, columns}: QueryResult): Generator<string, void, undefined> {
  yield `${columns.map(({name}) => field(name)).join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    let line = '';
    for (const [i, {values}] of columns.entries()) {
      const cell = values[row] ?? null;
      if (i > 0) line += ',';
      if (!(cell instanceof Float32Array)) line += field(cell);
      else {
        yield line;
        yield* joinedValues(cell, ' ');
        line = '';
      }
    }
    yield `${line}\n`;
  }
}

/** What makes a spreadsheet compute a field. */
const FORMULA = /^[=+\-@\t\r]/;

function field(cell: number | string | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
