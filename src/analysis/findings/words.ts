/** How many items a sentence names. */
const NAMED = 8;

/** Numbers or names in a sentence; of many only the first. */
export function list(items: readonly (number | string)[]): string {
  if (items.length <= NAMED) return items.join(', ');
  return `${items.slice(0, NAMED).join(', ')} and ${items.length - NAMED} more`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
