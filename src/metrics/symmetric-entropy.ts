/** Edge list by target: the edges to point j are `sources` and `weights` from offsets[j] to offsets[j + 1]. */
interface ReversedEdges {
  offsets: Int32Array;
  sources: Int32Array;
  weights: Float64Array;
}

/**
 * Entropy of the symmetrised and normalised weights of a neighbour graph:
 * `W_ij = w_ij + w_ji`, `P = W / sum W`, `H = -sum over ordered pairs of P_ij log2 P_ij`, in bits.
 *
 * One row of W is held at a time, so that memory grows with the edges and not with the pairs.
 *
 * @param indices - Neighbours of each point, [n, k], without repetition in a row.
 * @param weights - Their weights, [n, k], >= 0.
 * @returns `bits`, null where all weights are 0, and `edges`, the ordered pairs with P > 0.
 */
export function symmetricEntropy(
  indices: Int32Array,
  weights: Float64Array,
  k: number,
): {bits: number | null; edges: number} {
  const n = indices.length / k;
  const reversed = reverseEdges(indices, weights, k);
  const row = new Float64Array(n);
  let total = 0;
  let sum = 0; // of W log2 W
  let edges = 0;
  const take = (partner: number) => {
    const weight = row[partner];
    if (weight === 0) return; // also a pair that was taken from the other list
    row[partner] = 0;
    total += weight;
    sum += weight * Math.log2(weight);
    edges++;
  };
  for (let point = 0; point < n; point++) {
    const own = point * k;
    const from = reversed.offsets[point];
    const to = reversed.offsets[point + 1];
    for (let e = own; e < own + k; e++) row[indices[e]] += weights[e];
    for (let e = from; e < to; e++) row[reversed.sources[e]] += reversed.weights[e];
    for (let e = own; e < own + k; e++) take(indices[e]);
    for (let e = from; e < to; e++) take(reversed.sources[e]);
  }
  // H = -sum (W/T) log2 (W/T) = log2 T - (sum W log2 W) / T
  return {bits: edges > 0 ? Math.log2(total) - sum / total : null, edges};
}

function reverseEdges(indices: Int32Array, weights: Float64Array, k: number): ReversedEdges {
  const n = indices.length / k;
  const offsets = new Int32Array(n + 1);
  for (let e = 0; e < indices.length; e++) offsets[indices[e] + 1]++;
  for (let point = 0; point < n; point++) offsets[point + 1] += offsets[point];
  const next = offsets.slice(0, n);
  const sources = new Int32Array(indices.length);
  const reversed = new Float64Array(indices.length);
  for (let e = 0; e < indices.length; e++) {
    const at = next[indices[e]]++;
    sources[at] = Math.floor(e / k);
    reversed[at] = weights[e];
  }
  return {offsets, sources, weights: reversed};
}
