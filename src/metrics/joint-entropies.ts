import {newArray, type ArrayMaker} from '../shared/array-maker.js';
import {exactEntropyTable} from './exact-entropy-table.js';
import type {PairCodes} from './pair-codes.js';

/** Entropies and cell counts of the joint histograms of all channel pairs of two layers; both are [from, to]. */
export interface JointEntropies {
  /** H(X, Y), bits. */
  entropy: Float64Array;
  /** Cells that hold a pair. */
  occupied: Uint32Array;
}

/** Histograms counted side by side. One alone waits for its own last store wherever a cell comes twice in a row. */
const LANES = 4;

/** The joint histogram of every channel of `from` with every channel of `to`, kept only as its entropy. */
export function jointEntropies(from: PairCodes, to: PairCodes): JointEntropies {
  const {pairs, bins} = from;
  const cells = bins * bins;
  const table = exactEntropyTable(pairs);
  const counts = new Uint32Array(LANES * cells);
  const result = emptyJointEntropies(from, to);
  for (let a = 0; a < from.channels; a++) {
    for (let first = 0; first < to.channels; first += LANES) {
      countLanes(counts, channelCodes(from, a), to, first);
      for (let lane = 0; lane < LANES && first + lane < to.channels; lane++) {
        const at = a * to.channels + first + lane;
        let sum = 0;
        for (let cell = lane * cells; cell < (lane + 1) * cells; cell++) {
          if (counts[cell] === 0) continue;
          sum += table[counts[cell]];
          result.occupied[at]++;
        }
        result.entropy[at] = (table[pairs] - sum) / pairs;
      }
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

/**
 * Joint histograms of one channel with the LANES channels of `to` from `first` on; past the end the last channel is
 * counted again, so that every group is whole.
 *
 * @param counts - Overwritten, [LANES, bins, bins].
 */
function countLanes(counts: Uint32Array, x: Uint8Array, to: PairCodes, first: number): void {
  const {channels, bins} = to;
  const last = channels - 1;
  const y0 = channelCodes(to, first);
  const y1 = channelCodes(to, Math.min(first + 1, last));
  const y2 = channelCodes(to, Math.min(first + 2, last));
  const y3 = channelCodes(to, Math.min(first + 3, last));
  const lane1 = bins * bins;
  const lane2 = 2 * lane1;
  const lane3 = 3 * lane1;
  counts.fill(0);
  for (let pair = 0; pair < x.length; pair++) {
    const row = x[pair] * bins;
    counts[row + y0[pair]]++;
    counts[lane1 + row + y1[pair]]++;
    counts[lane2 + row + y2[pair]]++;
    counts[lane3 + row + y3[pair]]++;
  }
}

/** Bin of each pair in one channel, [pairs]: a view. */
function channelCodes({codes, pairs}: PairCodes, channel: number): Uint8Array {
  return codes.subarray(channel * pairs, (channel + 1) * pairs);
}
