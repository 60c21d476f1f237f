import {kernelWidth} from './kernel-width.js';

/** `paper`: exp(-d / s). `umap`: exp(-max(0, d - r) / s), with r the sample's nearest distance above 0. */
export type Kernel = 'paper' | 'umap';

export interface NeighborWeights {
  /** P(j|i) per neighbour, 0..1, [n, k] as the distances. */
  weights: Float64Array;
  /** Points with more than log2(k) zero distances. */
  clamped: number;
  /** Points with exactly log2(k) zero distances. */
  limit: number;
}

/**
 * Weight of each neighbour, such that every point's weights sum to log2(k).
 *
 * Where log2(k) or more of a point's distances are 0, no width gives that sum; then the width is taken to its limit 0:
 * weight 1 at distance 0, and 0 elsewhere.
 *
 * @param distances - Neighbour distances, [n, k], ascending in each row.
 * @see Shen & Shen 2020, eq. 4 and 5; McInnes et al. 2018 (UMAP), section 3.1, for r.
 */
export function neighborWeights(distances: Float64Array, k: number, kernel: Kernel): NeighborWeights {
  const target = Math.log2(k);
  const weights = new Float64Array(distances.length);
  let clamped = 0;
  let limit = 0;
  for (let first = 0; first < distances.length; first += k) {
    const row = distances.slice(first, first + k);
    if (kernel === 'umap') subtractNearest(row);
    let zeros = 0;
    while (zeros < k && row[zeros] === 0) zeros++;
    if (zeros >= target) {
      weights.fill(1, first, first + zeros);
      if (zeros > target) clamped++;
      else limit++;
      continue;
    }
    const width = kernelWidth(row, target);
    for (let j = 0; j < k; j++) weights[first + j] = Math.exp(-row[j] / width);
  }
  return {weights, clamped, limit};
}

/** Replaces each distance by its excess over the nearest one above 0; the row ascends before and after. */
function subtractNearest(row: Float64Array): void {
  const nearest = row.find(distance => distance > 0) ?? 0;
  for (let j = 0; j < row.length; j++) row[j] = Math.max(0, row[j] - nearest);
}
