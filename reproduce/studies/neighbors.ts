import {mnist} from 'cnnslicer/datasets';
import {neighborEntropy} from '#src/metrics/inter-sample-entropy.js';
import type {Lab} from '../lab.js';
import {manyNeighbors} from './many-neighbors.js';

/** Numbers of the paper's Fig. 5B, bits, by digits. It does not say which k. */
const PAPER: readonly [samples: number, bits: number][] = [
  [1000, 19.898],
  [5000, 22.96],
  [10000, 24.094],
  [20000, 25.162],
];

const KS = [15, 100, 1000, 1500, 1700, 2000];

export interface NeighborsRow {
  samples: number;
  k: number;
  bits: number;
  /** Ceiling of the bits. */
  log2_edges: number;
  paper: number;
  [column: string]: number;
}

/**
 * Inter-sample entropy of MNIST digits compared with the paper's numbers, for several k. One draw of digits: another changes the
 * second decimal.
 */
export async function neighborsStudy({tf, plan}: Lab): Promise<NeighborsRow[]> {
  const rows: NeighborsRow[] = [];
  const largest = Math.max(...plan.mnistSizes) * 10;
  for (const [samples, paper] of PAPER.filter(([n]) => n <= largest)) {
    const {xs} = await mnist.load('train', samples, {seed: 1});
    const ks = KS.filter(k => k < samples);
    if (ks.length < KS.length) ks.push(samples - 1);
    const most = Math.max(...ks);
    const found = manyNeighbors(tf, xs, {samples, k: most});
    for (const k of ks) {
      // The neighbours come nearest first, so those of a smaller k are the first of each row.
      const neighbors = {
        indices: firstOf(found.indices, most, k),
        distances: firstOf(found.distances, most, k),
      };
      const {bits, log2Edges} = neighborEntropy(neighbors, {n: samples, samples, allEqual: () => false}, {k});
      rows.push({samples, k, bits: bits ?? NaN, log2_edges: log2Edges ?? NaN, paper});
    }
  }
  return rows;
}

/** The k whose value is nearest to the paper's, of one number of samples. */
export function nearestK(rows: readonly NeighborsRow[], samples: number): NeighborsRow | null {
  return rows
    .filter(row => row.samples === samples)
    .reduce<NeighborsRow | null>(
      (best, row) =>
        best === null || Math.abs(row.bits - row.paper) < Math.abs(best.bits - best.paper) ? row : best,
      null,
    );
}

/** The first k of each row of `width`. */
function firstOf<Values extends Int32Array | Float64Array>(values: Values, width: number, k: number): Values {
  const rows = values.length / width;
  const first = new (values.constructor as new (length: number) => Values)(rows * k);
  for (let row = 0; row < rows; row++) first.set(values.subarray(row * width, row * width + k), row * k);
  return first;
}
