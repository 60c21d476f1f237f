import type {CapacityBaseline} from './capacity-baseline.js';
import type {JointEntropies} from './joint-entropies.js';
import type {PairCodes} from './pair-codes.js';

/** Matrices are [from.channels, to.channels], row-major. */
export interface ChannelCapacity {
  /** Bits; NaN where a channel holds a non-finite value, or there is no pair of samples. */
  bits: Float64Array;
  /** `bits` less the Miller-Madow estimate of its bias, bits; it may be below 0. */
  millerMadow: Float64Array;
  /** Entropy of each channel's binned distances, bits, [from.channels] and [to.channels]. */
  hx: Float64Array;
  hy: Float64Array;
  /** Capacities expected by chance; null unless requested. */
  baseline: CapacityBaseline | null;
  samples: number;
  /** Unordered pairs of samples. */
  pairs: number;
  bins: number;
}

/** Capacities from the joint entropies, however those were counted. */
export function capacityFromJoint(from: PairCodes, to: PairCodes, joint: JointEntropies): ChannelCapacity {
  const {samples, pairs, bins} = from;
  const bits = new Float64Array(joint.entropy.length).fill(NaN);
  const millerMadow = new Float64Array(joint.entropy.length).fill(NaN);
  const occupied = {from: occupiedBins(from), to: occupiedBins(to)};
  for (let a = 0; a < from.channels; a++) {
    for (let b = 0; b < to.channels; b++) {
      if (pairs === 0 || from.valid[a] === 0 || to.valid[b] === 0) continue;
      const at = a * to.channels + b;
      const oneBin = occupied.from[a] === 1 || occupied.to[b] === 1;
      const [hx, hy] = [from.entropy[a], to.entropy[b]];
      // Rounding can leave the difference at -1e-16, or as much above the lesser entropy.
      bits[at] = oneBin ? 0 : Math.min(hx, hy, Math.max(0, hx + hy - joint.entropy[at]));
      // Each entropy is short by about (occupied bins - 1) / (2 n ln 2) bits: Miller 1955.
      const excess = joint.occupied[at] - occupied.from[a] - occupied.to[b] + 1;
      millerMadow[at] = bits[at] - excess / (2 * pairs * Math.LN2);
    }
  }
  return {bits, millerMadow, hx: from.entropy, hy: to.entropy, baseline: null, samples, pairs, bins};
}

/** Bins of each channel that hold a pair. */
function occupiedBins({channels, bins, counts}: PairCodes): Uint32Array {
  const occupied = new Uint32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let bin = 0; bin < bins; bin++) if (counts[channel * bins + bin] > 0) occupied[channel]++;
  }
  return occupied;
}
