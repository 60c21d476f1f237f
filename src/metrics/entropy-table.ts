/**
 * Table of `n log2 n` for n = 0..max, with 0 log2 0 = 0.
 *
 * The entropy of a histogram of integer counts with sum N is `(table[N] - sum over bins of table[count]) / N` bits:
 * one look-up a bin instead of one logarithm, and exactly 0 where a single bin holds everything.
 *
 * @param max - Largest count, integer >= 0.
 * @returns Shape [max + 1].
 */
export function entropyTable(max: number): Float64Array {
  const table = new Float64Array(max + 1);
  for (let n = 2; n <= max; n++) table[n] = n * Math.log2(n);
  return table;
}
