import {entropyTable} from './entropy-table.js';

/**
 * {@link entropyTable} whose sums are exact: every entry is rounded to a multiple of the last bit of the largest one.
 *
 * For counts that sum to `total` no sum of entries exceeds the last entry, so none is ever rounded, in whatever order
 * it is taken. So identities between entropies hold to the last bit: H(X,X) = H(X), H(X,Y) = H(Y,X), and
 * H(X) <= H(X,Y). The rounding costs less than 2^-53 log2(total) bits for each bin that is not empty.
 *
 * @param total - Sum of the counts, integer >= 0.
 * @returns Shape [total + 1].
 */
export function exactEntropyTable(total: number): Float64Array {
  const table = entropyTable(total);
  const largest = table[total];
  if (largest === 0) return table;
  const lastBit = 2 ** (Math.floor(Math.log2(largest)) - 52);
  for (let n = 2; n < total; n++) table[n] = Math.round(table[n] / lastBit) * lastBit;
  return table;
}
