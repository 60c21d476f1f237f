/**
 * Quantile of some numbers, with linear interpolation between the two nearest (type 7 of Hyndman and Fan, NumPy's
 * default). NaN where one of them is NaN.
 *
 * @param sorted - Ascending, at least one; NaN last.
 * @param share - 0..1.
 */
export function quantile(sorted: Float64Array, share: number): number {
  const last = sorted.length - 1;
  const position = share * last;
  const below = Math.floor(position);
  const above = Math.min(below + 1, last);
  if (Number.isNaN(sorted[last])) return NaN;
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
