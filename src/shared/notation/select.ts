import type {IndexRange} from './query.js';

/**
 * What a selector names of what there is: the one rule for analysis, which refuses what a run does not have, and viewer,
 * which passes over it.
 *
 * @param known - Indices or epochs that there are, ascending.
 * @param missing - Called with each item that names none of them.
 * @returns In the order asked for, each once; of a range those that there are.
 */
export function select<Item extends number | IndexRange>(
  items: readonly Item[],
  known: readonly number[],
  missing: (item: Item) => void,
): number[] {
  const isKnown = new Set(known);
  const found = new Set<number>();
  for (const item of items) {
    const named =
      typeof item === 'number' ? (isKnown.has(item) ? [item] : []) : known.filter(value => isIn(value, item));
    if (named.length === 0) missing(item);
    for (const value of named) found.add(value);
  }
  return [...found];
}

/** The indices of `count` things. */
export function indicesBelow(count: number): number[] {
  return Array.from({length: count}, (_, index) => index);
}

function isIn(value: number, {from, to, step}: IndexRange): boolean {
  return value >= from && value <= to && (value - from) % step === 0;
}
