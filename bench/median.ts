/** @throws {RangeError} if there are no numbers. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('median: nothing was measured.');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = Number(sorted[middle]);
  return sorted.length % 2 === 1 ? upper : (upper + Number(sorted[middle - 1])) / 2;
}
