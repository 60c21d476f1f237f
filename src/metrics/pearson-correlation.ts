import {assertLength} from '../shared/index.js';

/**
 * Pearson's correlation of paired values, -1..1.
 *
 * @param x - [n], finite.
 * @param y - [n], finite, paired with `x`.
 * @returns null where it is undefined: no pairs, or a side that does not vary.
 * @throws {RangeError} if the lengths differ.
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const n = x.length;
  assertLength('pearsonCorrelation', 'y', y, n);
  const xMean = mean(x);
  const yMean = mean(y);
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const a = x[i] - xMean;
    const b = y[i] - yMean;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (xx === 0 || yy === 0) return null;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** From the first value on, so that the mean of equal values is that value to the last bit. */
function mean(values: ArrayLike<number>): number {
  const first = values[0];
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - first;
  return first + sum / values.length;
}
