import type {Neighbors} from '../k-nearest-neighbors.js';
import {sharedArray} from '../../shared/shared-array.js';
import {columnsBySpread, similarityOrder} from './similarity-order.js';
import type {Job, Threads} from './threads.js';

/** Candidates beyond k: the first that is sure to be farther than the k-th shows that no other row can be nearer. */
const SPARE = 12;

interface Search {
  /** [samples, features], finite and shared. */
  x: Float32Array;
  samples: number;
  features: number;
  /** 1 <= k < samples. */
  k: number;
}

/**
 * Finds a few candidates more than needed on a grid of integers, each thread over some of the pairs, merges the threads'
 * lists, and puts the candidates in order by float64 distances; of equals the lower index comes first. Rows whose
 * candidates are not sure to be enough are compared with all others.
 *
 * Memory: threads * samples * (features + k), nothing with samples^2.
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
  const grid = sharedArray(Float64Array, 2);
  const columns = columnsBySpread(x, samples, features);
  const order = similarityOrder(x, {samples, features, columns});
  await threads.run('findNearest', {x, samples, features, order, columns, k: perRow, ...lists, grid}, job);
  const [step, error] = grid;
  const signal = job.signal && {signal: job.signal};
  const nearest = {
    distances: sharedArray(Float64Array, samples * k),
    indices: sharedArray(Int32Array, samples * k),
  };
  if (step === 0) {
    await threads.run('plainNearest', {x, samples, features, k, ...nearest}, signal);
    return nearest;
  }
  const {candidates, bounds} = merged(lists, {threads: threads.count, samples, perRow});
  for (let i = 0; i < bounds.length; i++) bounds[i] = (Math.max(0, Math.sqrt(bounds[i]) - error) * step) ** 2;
  await threads.run(
    'refineNearest',
    {x, samples, features, k, candidates, bounds, perRow, ...nearest},
    signal,
  );
  return {distances: nearest.distances.map(Math.sqrt), indices: nearest.indices};
}

/** The candidates of each row nearest of all threads' lists, and their squared distances on the grid, [samples, perRow]. */
function merged(
  {distances, indices}: {distances: Float32Array; indices: Int32Array},
  {threads, samples, perRow}: {threads: number; samples: number; perRow: number},
): {candidates: Int32Array; bounds: Float64Array} {
  const candidates = sharedArray(Int32Array, samples * perRow);
  const bounds = sharedArray(Float64Array, samples * perRow);
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
      bounds[row * perRow + slot] = distances[heads[best]];
      candidates[row * perRow + slot] = indices[heads[best]++];
    }
  }
  return {candidates, bounds};
}
