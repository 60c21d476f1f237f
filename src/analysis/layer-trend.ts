import type {LayerEntropyRow, Reason} from '../shared/index.js';

/** The row of `layer_entropy` of a layer over all samples at one epoch. */
export interface LayerEntropyAt {
  epoch: number;
  /** Inter-sample entropy, bits, of `n` samples and their `k` nearest neighbours; null: see `reason`. */
  bits: number | null;
  /** Ceiling of `bits`: log2 of the number of edges. */
  log2Edges: number | null;
  k: number;
  n: number;
  /** Points with more than log2(k) neighbours at distance 0, for which the paper's eq. 5 has no solution. */
  clamped: number;
  reason: Reason | null;
  /** Mean intra-sample entropy over the channels, bits; null where no channel has one. */
  intraMean: number | null;
}

/** A layer's entropies at its first and last epoch. */
export interface LayerTrend {
  first: LayerEntropyAt;
  /** The same object as `first` where the run has one epoch. */
  last: LayerEntropyAt;
  /** True if N and k are the same at both ends; inter-sample entropies are not compared otherwise. */
  comparable: boolean;
}

/**
 * A layer's entropies at its first and last epoch, over all samples.
 *
 * @param layerEntropy - Rows of `layer_entropy`, of any layers, epochs and classes.
 * @returns Null where the table has no row for the layer.
 */
export function layerTrend(layerEntropy: readonly LayerEntropyRow[], layer: string): LayerTrend | null {
  let first: LayerEntropyRow | undefined;
  let last: LayerEntropyRow | undefined;
  for (const row of layerEntropy) {
    if (row.layer !== layer || row.class !== null) continue;
    if (first === undefined || row.epoch < first.epoch) first = row;
    if (last === undefined || row.epoch > last.epoch) last = row;
  }
  if (first === undefined || last === undefined) return null;
  const start = entropyAt(first);
  return {
    first: start,
    last: last === first ? start : entropyAt(last),
    comparable: first.n === last.n && first.k === last.k,
  };
}

function entropyAt(row: LayerEntropyRow): LayerEntropyAt {
  return {
    epoch: row.epoch,
    bits: row.bits,
    log2Edges: row.log2_edges,
    k: row.k,
    n: row.n,
    clamped: row.clamped,
    reason: row.reason,
    intraMean: row.intra_mean,
  };
}
