/** Buckets of every histogram: TensorBoard's own default. */
export const BUCKET_COUNT = 30;

/**
 * Cuts values into 30 buckets of equal width over [min, max], by the rule of TensorBoard's `histogram_pb`: buckets are
 * half-open, the last one closed, `bucket = min(floor((v - min) / width), 29)`.
 *
 * Non-finite values are dropped. A constant has all edges equal and its whole count in the last bucket (so has a range
 * too small to divide by 30); no value at all gives 30 rows of zeros.
 *
 * @param values - Any order, shape [n]; not modified.
 * @returns Rows of (left edge, right edge, count), row-major, shape [30, 3]; edges ascend, counts sum to the number of
 *   finite values.
 */
export function histogramBuckets(values: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(BUCKET_COUNT * 3);
  const {min, max, count} = finiteRange(values);
  if (count === 0) return rows;
  // A range over the largest double is measured in halves.
  const scale = Number.isFinite(max - min) ? 1 : 0.5;
  const width = (max * scale - min * scale) / BUCKET_COUNT;
  // Stepped from the min; the last edge is the max itself, and no rounded one may pass it.
  const edge = (i: number) => (i === BUCKET_COUNT ? max : Math.min((min * scale + i * width) / scale, max));
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    rows[bucket * 3] = edge(bucket);
    rows[bucket * 3 + 1] = edge(bucket + 1);
  }
  if (width === 0) {
    rows[rows.length - 1] = count;
    return rows;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const bucket = Math.min(Math.floor((value * scale - min * scale) / width), BUCKET_COUNT - 1);
    (rows[bucket * 3 + 2] as number)++;
  }
  return rows;
}

function finiteRange(values: ArrayLike<number>): {min: number; max: number; count: number} {
  let min = Infinity;
  let max = -Infinity;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    count++;
  }
  return {min, max, count};
}
