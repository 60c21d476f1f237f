import {csvField} from '../../shared/index.js';

/** A table as a panel shows, copies and exports it. */
export interface TableData {
  columns: string[];
  rows: (string | number | null)[][];
}

/** CSV with a header line, each line ended by a line feed. */
export function toCsv({columns, rows}: TableData): string {
  return [columns, ...rows].map(row => `${row.map(csvField).join(',')}\n`).join('');
}

/** Description of the table, then one object per row. */
export function toJson(about: Record<string, unknown>, {columns, rows}: TableData): string {
  const objects = rows.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
  return `${JSON.stringify({...about, rows: objects}, null, 2)}\n`;
}
