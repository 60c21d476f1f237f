/** The value below which a share of some numbers lies, at least one; NaN where one of them is. */
export function percentile(values: readonly number[], share: number): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.ceil(share * (sorted.length - 1))]);
}
