import type {Neighbors} from '../k-nearest-neighbors.js';
import {sharedArray} from './shared-array.js';
import {columnsBySpread, similarityOrder} from './similarity-order.js';
import type {Job, Threads} from './threads.js';

/** Candidates beyond k: as many may trade places in float32 before a wrong one comes in. */
const SPARE = 4;

interface Search {
  /** [samples, features], finite and shared. */
  x: Float32Array;
  samples: number;
  features: number;
  /** 1 <= k < samples. */
  k: number;
}

/**
 * Finds a few candidates more than needed in float32, each thread over some of the pairs, merges the threads' lists, and
 * puts the candidates in order by float64 distances; of equals the lower index comes first.
 *
 * Memory: threads * samples * k, nothing with samples^2.
 */
export async function nearestNeighbors(
  threads: Threads,
  {x, samples, features, k}: Search,
  job: Job,
): Promise<Neighbors> {
  const perRow = Math.min(samples - 1, k + SPARE);
  const lists = {
    distances: sharedArray(Float32Array, threads.count * samples * perRow),
    indices: sharedArray(Int32Array, threads.count * samples * perRow),
  };
  const columns = columnsBySpread(x, samples, features);
  const order = similarityOrder(x, {samples, features, columns});
  await threads.run('findNearest', {x, samples, features, order, columns, k: perRow, ...lists}, job);
  const candidates = mergedIndices(lists, {threads: threads.count, samples, perRow});
  const distances = sharedArray(Float64Array, samples * perRow);
  const signal = job.signal && {signal: job.signal};
  await threads.run('refineNearest', {x, samples, features, candidates, perRow, distances}, signal);
  return nearestOf({candidates, distances}, {samples, perRow, k});
}

/** The candidates of each row nearest of all threads' lists, [samples, perRow]. */
function mergedIndices(
  {distances, indices}: {distances: Float32Array; indices: Int32Array},
  {threads, samples, perRow}: {threads: number; samples: number; perRow: number},
): Int32Array {
  const merged = sharedArray(Int32Array, samples * perRow);
  const heads = new Int32Array(threads);
  for (let row = 0; row < samples; row++) {
    for (let thread = 0; thread < threads; thread++) heads[thread] = (thread * samples + row) * perRow;
    for (let slot = 0; slot < perRow; slot++) {
      let best = 0;
      for (let thread = 1; thread < threads; thread++) {
        const a = heads[thread];
        const b = heads[best];
        if (distances[a] < distances[b] || (distances[a] === distances[b] && indices[a] < indices[b])) {
          best = thread;
        }
      }
      merged[row * perRow + slot] = indices[heads[best]++];
    }
  }
  return merged;
}

/** Each row's k nearest candidates by their float64 distances. */
function nearestOf(
  {candidates, distances}: {candidates: Int32Array; distances: Float64Array},
  {samples, perRow, k}: {samples: number; perRow: number; k: number},
): Neighbors {
  const nearest: Neighbors = {
    distances: new Float64Array(samples * k),
    indices: new Int32Array(samples * k),
  };
  for (let row = 0; row < samples; row++) {
    // Nearly in order already: insertion is the sort for that.
    const first = row * perRow;
    for (let i = first + 1; i < first + perRow; i++) {
      const distance = distances[i];
      const index = candidates[i];
      let slot = i;
      for (; slot > first; slot--) {
        const before = distances[slot - 1];
        if (before < distance || (before === distance && candidates[slot - 1] < index)) break;
        distances[slot] = before;
        candidates[slot] = candidates[slot - 1];
      }
      distances[slot] = distance;
      candidates[slot] = index;
    }
    for (let slot = 0; slot < k; slot++) {
      nearest.distances[row * k + slot] = Math.sqrt(distances[first + slot]);
      nearest.indices[row * k + slot] = candidates[first + slot];
    }
  }
  return nearest;
}
