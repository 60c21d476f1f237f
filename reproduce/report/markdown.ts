/** Three digits that count. */
export const shown = (value: number): string =>
  Number.isFinite(value) ? Number(value.toPrecision(3)).toString() : 'undefined';

export function shownInterval(bounds: readonly [number, number] | null): string {
  return bounds === null ? 'none' : `${shown(bounds[0])} to ${shown(bounds[1])}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** Names in a sentence: "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
