/**
 * Shannon entropy of a distribution given by counts or weights: `H = -sum p log2 p` with `p = count / sum`.
 *
 * @param counts - Finite and >= 0; any scale.
 * @returns Bits, 0 <= H <= log2(number of counts above 0); null where the sum is 0.
 * @throws {RangeError} if a count is negative or not finite.
 */
export function shannonEntropy(counts: ArrayLike<number>): number | null {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i] >= 0 && counts[i] < Infinity)) {
      throw new RangeError(`shannonEntropy: counts must be finite and >= 0, got ${counts[i]} at ${i}.`);
    }
    sum += counts[i];
  }
  if (sum === 0) return null;
  let bits = 0;
  for (let i = 0; i < counts.length; i++) {
    const p = counts[i] / sum;
    if (p > 0) bits -= p * Math.log2(p);
  }
  return bits;
}
