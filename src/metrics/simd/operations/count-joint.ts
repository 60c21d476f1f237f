import type {JointEntropies} from '../../joint-entropies.js';
import type {PairCodes} from '../../pair-codes.js';
import type {MetricsModule} from '../metrics-module.js';
import type {Operation} from './operation.js';

interface Layers {
  from: PairCodes;
  to: PairCodes;
}

export interface CountJoint extends Layers {
  /** Joint counts, [from, to, bins, bins]. */
  counts: Uint32Array;
}

/** The joint histogram of every channel pair; a piece is a channel of `from`. */
export const countJoint: Operation<CountJoint> = {
  pieces: ({from}) => from.channels,
  prepare(module, {from, to, counts}) {
    const {pairs, bins} = from;
    const codes = placeCodes(module, {from, to});
    const side = 1 << codes.shift;
    return {
      run(a) {
        codes.load(a);
        for (let b = 0; b < to.channels; b++) {
          module.kernels.jointHistogram(codes.a, codes.b + b * pairs, pairs, codes.shift, codes.counts);
          const counted = module.counts(codes.counts, side * side);
          const first = (a * to.channels + b) * bins * bins;
          for (let row = 0; row < bins; row++) {
            counts.set(counted.subarray(row * side, row * side + bins), first + row * bins);
          }
        }
      },
    };
  },
};

export interface JointEntropy extends Layers {
  /** n log2 n for n = 0..pairs. */
  table: Float64Array;
  result: JointEntropies;
}

/** The joint entropy of every channel pair; a piece is a channel of `from`. */
export const jointEntropy: Operation<JointEntropy> = {
  pieces: ({from}) => from.channels,
  prepare(module, {from, to, table, result}) {
    const {channels} = to;
    const codes = placeCodes(module, {from, to});
    const tableAt = module.put(table);
    const entropy = module.allocate(8 * channels);
    const occupied = module.allocate(4 * channels);
    return {
      run(a) {
        codes.load(a);
        module.kernels.jointEntropies(
          codes.a,
          codes.b,
          from.pairs,
          channels,
          codes.shift,
          tableAt,
          codes.counts,
          entropy,
          occupied,
        );
        result.entropy.set(module.doubles(entropy, channels), a * channels);
        result.occupied.set(module.counts(occupied, channels), a * channels);
      },
    };
  },
};

function placeCodes(module: MetricsModule, {from, to}: Layers) {
  const {pairs, bins, codes} = from;
  const shift = Math.ceil(Math.log2(bins));
  const cells = 1 << (2 * shift);
  const b = module.put(to.codes);
  const a = module.allocate(pairs);
  const counts = module.allocate(4 * cells);
  return {
    a,
    b,
    shift,
    counts,
    load: (channel: number) =>
      module.bytes(a, pairs).set(codes.subarray(channel * pairs, (channel + 1) * pairs)),
  };
}
