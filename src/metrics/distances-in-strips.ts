import type {LayerSamples} from './layer-samples.js';
import type {SquaredDistances} from './squared-distances.js';

/** Strips are so many features wide, or a multiple: what the kernels take at once. */
const FEATURES = 8;

/**
 * Squared distances of all pairs of rows whose features are read a strip at a time, so that each value is read once, and
 * one strip is in memory. The sums of a pair go on from strip to strip, in the order that they have in one piece, so the
 * distances are the same to the last bit.
 *
 * @param rows - Sample indices, ascending.
 * @returns Each pair i < j of places in `rows` once, row after row.
 */
export function distancesInStrips(
  source: LayerSamples,
  {features, rows}: {features: number; rows: Int32Array},
  distancesOf: SquaredDistances,
): Float64Array {
  const {samples, block} = source;
  const width = Math.max(FEATURES, Math.floor((block * features) / samples / FEATURES) * FEATURES);
  const sums = new Float64Array(rows.length * Math.max(0, rows.length - 1));
  let squared: Float64Array = new Float64Array(sums.length / 2);
  for (let first = 0; first < features; first += width) {
    const count = Math.min(width, features - first);
    squared = distancesOf({x: source.readFeatures(first, count), features: count, rows}, sums);
  }
  return squared;
}
