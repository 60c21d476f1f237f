import {assertPermutations, permutedCodes, summarizeDraws} from './capacity-baseline.js';
import {capacityFromJoint, type ChannelCapacity} from './capacity-from-joint.js';
import {jointEntropies} from './joint-entropies.js';
import {assertSamePairs} from './joint-histogram.js';
import type {PairCodes} from './pair-codes.js';

/** Options of {@link channelCapacity}: whether chance is measured too. */
export interface CapacityOptions {
  /** Draws of the permutation baseline, integer >= 0; default 0, none. */
  permutations?: number;
  /** Seed of the draws, default 1. */
  seed?: number;
}

/**
 * Channel capacity of every channel of one layer with every channel of another: the mutual information between the
 * binned distances of the same pairs of samples, `C = H(X) - H(X|Y) = H(X) + H(Y) - H(X, Y)`.
 *
 * Bits, 0 <= C <= min(H(X), H(Y)); symmetric, and C of a channel with itself is its entropy, both to the last bit. A channel whose
 * distances are all equal has capacity 0 with any other. It is a mutual information, nothing is maximised; the word is
 * the paper's. Few samples bias it upward by more than the Miller-Madow term tells, as pairs share samples: compare
 * with the baseline.
 *
 * @param from - X, of one layer.
 * @param to - Y, of the same samples in another layer, or the same.
 * @throws {RangeError} if samples or bins differ, or an option is out of range.
 * @see Shen & Shen 2020, eq. 3 and section 5.3.
 */
export function channelCapacity(
  from: PairCodes,
  to: PairCodes,
  {permutations = 0, seed = 1}: CapacityOptions = {},
): ChannelCapacity {
  assertSamePairs('channelCapacity', from, to);
  assertPermutations('channelCapacity', permutations, seed);
  const capacity = capacityFromJoint(from, to, jointEntropies(from, to));
  if (permutations === 0) return capacity;
  const chance = Array.from(permutedCodes(to, {permutations, seed}), shuffled => {
    return capacityFromJoint(from, shuffled, jointEntropies(from, shuffled)).bits;
  });
  return {...capacity, baseline: summarizeDraws(chance, capacity.bits, seed)};
}
