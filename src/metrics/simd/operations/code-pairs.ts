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
        module.reset();
        const squared = module.allocate(4 * pairs + 4);
        const coded = module.allocate(pairs);
        const counted = module.allocate(8 * bins);
        const scratch = module.allocate(48);
        const {offset, count, stride} = module.putRows(x, {rows, features: pixels});
        if (module.kernels.allFinite(offset, (count * stride) / 4) === 0) return;
        result.valid[channel] = 1;
        if (pairs === 0) return;
        module.kernels.squaredDistances(offset, count, stride, squared, scratch);
        module.kernels.extremes(squared, pairs, scratch);
        const [least, most] = module.floats(scratch, 2);
        const {lo, width, same} = codedRange(Math.sqrt(least), Math.sqrt(most), range);
        module.counts(counted, 2 * bins).fill(0);
        module.kernels.pairCodes(squared, pairs, lo, width, bins, coded, counted);
        codes.set(module.bytes(coded, pairs), channel * pairs);
        const ofChannel = counts.subarray(channel * bins, (channel + 1) * bins);
        const [even, odd] = [module.counts(counted, bins), module.counts(counted + 4 * bins, bins)];
        for (let bin = 0; bin < bins; bin++) ofChannel[bin] = even[bin] + odd[bin];
        result.degenerate[channel] = same ? 1 : 0;
        result.entropy[channel] = countsEntropy(ofChannel, table, pairs);
      },
    };
  },
};
