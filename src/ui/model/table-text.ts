import {csvTexts} from '../../shared/index.js';
import type {ColumnTips} from './column-tips.js';

/** A table as a panel shows, copies and exports it: by rows, under headings of which two may be the same. */
export interface TableData {
  columns: string[];
  rows: (string | number | null)[][];
  /** What the headings mean; those without are plain. */
  tips?: ColumnTips;
}

/** The table as CSV. */
export function toCsv({columns, rows}: TableData): string {
  return [...csvTexts(columns, rows)].join('');
}

/** Description of the table, then one object per row. */
export function toJson(about: Record<string, unknown>, {columns, rows}: TableData): string {
  const objects = rows.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
  return `${JSON.stringify({...about, rows: objects}, null, 2)}\n`;
}
