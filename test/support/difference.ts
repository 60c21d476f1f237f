/**
 * Largest absolute difference between two lists, pairwise. NaN differs from NaN by 0 and from a number by Infinity, as
 * do lists of unequal length.
 */
export function maxDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let max = 0;
  for (let i = 0; i < actual.length; i++) {
    if (Object.is(actual[i], expected[i]) || actual[i] === expected[i]) continue;
    const difference = Math.abs(Number(actual[i]) - Number(expected[i]));
    max = Math.max(max, Number.isNaN(difference) ? Infinity : difference);
  }
  return max;
}
