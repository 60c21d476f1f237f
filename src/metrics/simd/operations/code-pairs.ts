import {allFinite} from '../../all-finite.js';
import {codedRange, countsEntropy, type PairCodes, type PairCodesOptions} from '../../pair-codes.js';
import type {Operation} from './operation.js';

export interface CodePairs {
  /** [channels, samples, pixels]. */
  maps: Float32Array;
  pixels: number;
  range: NonNullable<PairCodesOptions['range']>;
  /** n log2 n for n = 0..pairs. */
  table: Float64Array;
  /** Filled channel by channel. */
  result: PairCodes;
}

/** Codes the distances within each channel; a piece is a channel. */
export const codePairs: Operation<CodePairs> = {
  pieces: ({result}) => result.channels,
  prepare(module, {maps, pixels, range, table, result}) {
    const {samples, pairs, bins, codes, counts} = result;
    const rows = Int32Array.from({length: samples}, (_, sample) => sample);
    return {
      run(channel) {
        const x = maps.subarray(channel * samples * pixels, (channel + 1) * samples * pixels);
        if (!allFinite(x)) return;
        result.valid[channel] = 1;
        if (pairs === 0) return;
        module.reset();
        const squared = module.allocate(4 * pairs);
        const coded = module.allocate(pairs);
        const counted = module.allocate(4 * bins);
        const tile = module.allocate(48);
        const {offset, count, stride} = module.putRows(x, {rows, features: pixels});
        module.kernels.squaredDistances(offset, count, stride, squared, tile);
        const [min, max] = extremes(module.floats(squared, pairs));
        const {lo, width, same} = codedRange(min, max, range);
        module.counts(counted, bins).fill(0);
        module.kernels.pairCodes(squared, pairs, lo, width, bins, coded, counted);
        codes.set(module.bytes(coded, pairs), channel * pairs);
        counts.set(module.counts(counted, bins), channel * bins);
        result.degenerate[channel] = same ? 1 : 0;
        result.entropy[channel] = countsEntropy(module.counts(counted, bins), table, pairs);
      },
    };
  },
};

/** Smallest and largest distance, from their squares. */
function extremes(squared: Float32Array): [min: number, max: number] {
  let min = Infinity;
  let max = -Infinity;
  for (let pair = 0; pair < squared.length; pair++) {
    if (squared[pair] < min) min = squared[pair];
    if (squared[pair] > max) max = squared[pair];
  }
  return [Math.sqrt(min), Math.sqrt(max)];
}
