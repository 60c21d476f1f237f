/** A table as a panel shows, copies and exports it. */
export interface TableData {
  columns: string[];
  rows: (string | number | null)[][];
}

/** RFC 4180 text with a header line; null is an empty field. */
export function toCsv({columns, rows}: TableData): string {
  return [columns, ...rows].map(row => row.map(csvField).join(',')).join('\r\n') + '\r\n';
}

/** What the table is, then one object per row. */
export function toJson(about: Record<string, unknown>, {columns, rows}: TableData): string {
  const objects = rows.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
  return `${JSON.stringify({...about, rows: objects}, null, 2)}\n`;
}

function csvField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
