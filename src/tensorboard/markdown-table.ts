/**
 * A table for a text, in markdown as TensorBoard reads it: a `|` within a cell would end it, except between backticks,
 * where TensorBoard would show the backslash.
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escape = (cell: string) => cell.replaceAll(/`[^`]*`|\|/g, part => (part === '|' ? '\\|' : part));
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
