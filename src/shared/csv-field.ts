/** Matches a field that a spreadsheet would compute. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Formats a field of a CSV file, quoted by RFC 4180; null is an empty field. A text that a spreadsheet would take for a
 * formula, such as a class named `=A1`, gets an apostrophe before it.
 */
export function csvField(cell: number | string | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
