/** A run of whole numbers, both ends in it. */
export interface Span {
  from: number;
  to: number;
}

/** The span between two numbers, whichever comes first. */
export function spanOf(one: number, other: number): Span {
  return {from: Math.min(one, other), to: Math.max(one, other)};
}

/** Runs of neighbours in an ascending list. */
export function spansOf(values: readonly number[]): Span[] {
  const found: Span[] = [];
  for (const value of values) {
    const last = found.at(-1);
    if (last?.to === value - 1) last.to = value;
    else found.push({from: value, to: value});
  }
  return found;
}
