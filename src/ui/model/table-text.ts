import {freeName} from '../../shared/free-name.js';
import {csvTexts} from '../../shared/index.js';
import type {ColumnTips} from './column-tips.js';

/** A table as a panel shows, copies and exports it: by rows, under headings that {@link distinct} tells apart. */
export interface TableData {
  columns: string[];
  rows: (string | number | null)[][];
  /** Each row says its run, in a column called `run`. */
  hasRuns?: boolean;
  /** What the headings mean; those without are plain. */
  tips?: ColumnTips;
}

/**
 * Names of which no two are the same: of those that are, the first stays as it is and a later one gets a number that makes
 * it new, such as `conv2d_1 (2)`. Names that occur once are never changed.
 */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map(name => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    return freeName(name, taken, (_, tries) => `${name} (${tries + 1})`);
  });
}

/** The table as CSV, no two of its columns under one name. */
export function toCsv({columns, rows}: TableData): string {
  return [...csvTexts(distinct(columns), rows)].join('');
}

/** Description of the table, then one object per row, with a key for each column. */
export function toJson(about: Record<string, unknown>, {columns, rows}: TableData): string {
  const keys = distinct(columns);
  const objects = rows.map(row => Object.fromEntries(keys.map((key, i) => [key, row[i] ?? null])));
  return `${JSON.stringify({...about, rows: objects}, null, 2)}\n`;
}
