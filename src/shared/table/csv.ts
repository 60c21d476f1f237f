import type {Cell} from './column.js';

/** Matches a field that a spreadsheet would compute. */
const FORMULA = /^[=+\-@\t\r]/;
/** Values of a feature map that are written at a time: one map may be longer than a text can be. */
const MAP_VALUES = 2 ** 12;

/**
 * CSV, quoted by RFC 4180, piece by piece: a header line, then the rows, each line ended by a line feed. Null is an empty
 * field, a feature map its values with spaces. A text that a spreadsheet would take for a formula, such as a class named
 * `=A1`, gets an apostrophe before it.
 */
export function* csvTexts(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string, void, undefined> {
  yield `${header.map(field).join(',')}\n`;
  for (const row of rows) {
    let line = '';
    for (let i = 0; i < row.length; i++) {
      const cell = row[i] ?? null;
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

function field(cell: number | string | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The values of a feature map with a separator between each two, piece by piece. */
export function* joinedValues(map: Float32Array, separator: string): Generator<string, void, undefined> {
  for (let first = 0; first < map.length; first += MAP_VALUES) {
    const text = map.subarray(first, first + MAP_VALUES).join(separator);
    yield first === 0 ? text : separator + text;
  }
}
