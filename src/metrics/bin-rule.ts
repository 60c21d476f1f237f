/**
 * Bin of a value, the one rule of every histogram here:
 * `bin = clamp(floor((value - lo) / width * bins), 0, bins - 1)`.
 *
 * Bins are half open and the last one is closed; values outside go to the end bins. A range without extent
 * (see {@link binnedWidth}) puts everything in bin 0. NaN goes to bin 0.
 *
 * The quotient comes first, so that values at a half, a quarter, ... of the range lie exactly on their edge. A factor
 * `bins / width` computed ahead would be faster, but rounds some of them into the bin below.
 *
 * @param width - `binnedWidth(lo, hi)`.
 * @param bins - Integer >= 1.
 */
export function binIndex(value: number, lo: number, width: number, bins: number): number {
  const position = ((value - lo) / width) * bins;
  if (position >= bins) return bins - 1;
  return position > 0 ? Math.floor(position) : 0;
}

/** Extent of [lo, hi] for {@link binIndex}: Infinity where hi = lo, so that every value falls in bin 0. */
export function binnedWidth(lo: number, hi: number): number {
  return hi > lo ? hi - lo : Infinity;
}
