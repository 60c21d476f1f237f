import {newArray, type ArrayMaker} from './array-maker.js';
import {entropyTable} from './entropy-table.js';
import type {PairCodes} from './pair-codes.js';

/** What capacity needs of the joint histograms of all channel pairs of two layers; both are [from, to]. */
export interface JointEntropies {
  /** H(X, Y), bits. */
  entropy: Float64Array;
  /** Cells that hold a pair. */
  occupied: Uint32Array;
}

/** The joint histogram of every channel of `from` with every channel of `to`, kept only as its entropy. */
export function jointEntropies(from: PairCodes, to: PairCodes): JointEntropies {
  const {pairs, bins} = from;
  const cells = bins * bins;
  const table = entropyTable(pairs);
  const counts = new Uint32Array(cells);
  const result = emptyJointEntropies(from, to);
  for (let a = 0; a < from.channels; a++) {
    const x = from.codes.subarray(a * pairs, (a + 1) * pairs);
    for (let b = 0; b < to.channels; b++) {
      const y = to.codes.subarray(b * pairs, (b + 1) * pairs);
      counts.fill(0);
      for (let pair = 0; pair < pairs; pair++) counts[x[pair] * bins + y[pair]]++;
      let sum = 0;
      let occupied = 0;
      for (let cell = 0; cell < cells; cell++) {
        if (counts[cell] === 0) continue;
        sum += table[counts[cell]];
        occupied++;
      }
      result.entropy[a * to.channels + b] = (table[pairs] - sum) / pairs;
      result.occupied[a * to.channels + b] = occupied;
    }
  }
  return result;
}

export function emptyJointEntropies(
  from: PairCodes,
  to: PairCodes,
  arrays: ArrayMaker = newArray,
): JointEntropies {
  const cells = from.channels * to.channels;
  return {entropy: arrays(Float64Array, cells), occupied: arrays(Uint32Array, cells)};
}
