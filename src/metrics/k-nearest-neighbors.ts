import {assertPositiveInteger} from '../shared/index.js';
import {finiteSamples} from './finite-samples.js';
import {assertSamples, type SamplesShape} from './shapes.js';
import {pairsOfRows, type Pairs} from './squared-distances.js';

/** The k nearest other points of each point, nearest first; both arrays are [n, k]. */
export interface Neighbors {
  /** Euclidean distances, ascending in each row. */
  distances: Float64Array;
  indices: Int32Array;
}

/**
 * Exact k nearest neighbours of each sample among the others, by Euclidean distance. A sample is not its own
 * neighbour, though a copy of it is; among equally near ones the lower index comes first.
 *
 * Distances are sums of squared differences in float64. Time grows with samples^2 * features, memory with samples * k.
 *
 * @param x - [samples, features], finite. Not modified.
 * @param k - Integer, 1 <= k < samples.
 * @throws {RangeError} if `shape` does not fit `x`, `k` is out of range or a value is not finite.
 */
export function kNearestNeighbors(x: Float32Array, shape: SamplesShape, k: number): Neighbors {
  const rows = assertNeighborsInput('kNearestNeighbors', x, shape, k);
  return nearestAmong(pairsOfRows({x, features: shape.features, rows}), k);
}

/**
 * @returns Every row.
 * @throws {RangeError} naming what is out of range.
 */
export function assertNeighborsInput(
  caller: string,
  x: Float32Array,
  shape: SamplesShape,
  k: number,
): Int32Array {
  assertSamples(caller, x, shape);
  assertPositiveInteger(caller, 'k', k);
  if (k >= shape.samples) {
    throw new RangeError(`${caller}: k must be less than the ${shape.samples} samples, got ${k}.`);
  }
  const rows = finiteSamples(x, shape);
  if (rows.length < shape.samples) {
    const bad = rows.findIndex((row, i) => row !== i);
    throw new RangeError(
      `${caller}: x must be finite, but sample ${bad < 0 ? rows.length : bad} holds NaN or Infinity; leave it out.`,
    );
  }
  return rows;
}

/** Like {@link kNearestNeighbors}, among any points; k < n. */
export function nearestAmong(pairs: Pairs, k: number): Neighbors {
  const {n} = pairs;
  const distances = new Float64Array(n * k).fill(Infinity);
  const indices = new Int32Array(n * k);
  // Partners arrive in ascending order, so a strict comparison keeps the lower index first.
  const insert = (point: number, partner: number, distance: number) => {
    const first = point * k;
    let slot = first + k - 1;
    for (; slot > first && distances[slot - 1] > distance; slot--) {
      distances[slot] = distances[slot - 1];
      indices[slot] = indices[slot - 1];
    }
    distances[slot] = distance;
    indices[slot] = partner;
  };
  pairs.forEachSquaredDistance((i, j, distance) => {
    if (distance < distances[i * k + k - 1]) insert(i, j, distance);
    if (distance < distances[j * k + k - 1]) insert(j, i, distance);
  });
  for (let slot = 0; slot < distances.length; slot++) distances[slot] = Math.sqrt(distances[slot]);
  return {distances, indices};
}
