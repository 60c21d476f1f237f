import {
  codeChannel,
  codedRange,
  countsEntropy,
  type PairCodes,
  type PairCodesOptions,
} from '../../pair-codes.js';
import {putGrid, type Grid} from '../grid.js';
import type {MetricsModule, Rows} from '../metrics-module.js';
import {pairDistances} from '../simd-squared-distances.js';
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

/**
 * Codes the distances within each channel; a piece is a channel. Distances on a grid tell the bin of nearly every pair,
 * float64 ones that of the others.
 */
export const codePairs: Operation<CodePairs> = {
  pieces: ({result}) => result.channels,
  prepare(module, {maps, pixels, range, table, result}) {
    const {samples, pairs} = result;
    const rows = Int32Array.from({length: samples}, (_, sample) => sample);
    return {
      run(channel) {
        const x = maps.subarray(channel * samples * pixels, (channel + 1) * samples * pixels);
        module.reset();
        const placed = module.putRows(x, {rows, features: pixels});
        const {offset, count, stride} = placed;
        if (module.kernels.allFinite(offset, (count * stride) / 4) === 0) return;
        result.valid[channel] = 1;
        if (pairs === 0) return;
        const grid = putGrid(module, placed);
        if (grid === null) {
          const distances = pairDistances(module, placed).map(Math.sqrt);
          codeChannel(result, channel, distances, {range, table});
        } else codeOnGrid(module, {rows: placed, grid, channel, range, table, result});
      },
    };
  },
};

/** Products of two such are float32. */
const LARGEST = 1e15;

interface Channel extends Pick<CodePairs, 'range' | 'table' | 'result'> {
  rows: Rows;
  grid: Grid;
  channel: number;
}

function codeOnGrid(module: MetricsModule, {rows, grid, channel, range, table, result}: Channel): void {
  const {kernels} = module;
  const {offset, count, stride} = rows;
  const {pairs, bins, codes, counts} = result;
  const distances = module.allocate(4 * pairs + 64);
  const coded = module.allocate(pairs + 16);
  const doubtful = module.allocate(4 * pairs);
  const counted = module.allocate(8 * bins);
  const [scratch, extremes] = [module.allocate(48), module.allocate(16)];
  kernels.gridDistances(grid.points, grid.norms, count, grid.stride, distances, scratch);
  kernels.squareRoots(distances, pairs, scratch);
  kernels.exactExtremes(offset, count, stride, distances, grid.error, grid.step, scratch, extremes);
  const [least, most] = module.doubles(extremes, 2);
  const {lo, width, same} = codedRange(least, most, range);
  const perStep = (grid.step / width) * bins;
  const low = lo / grid.step;
  // In addition to the error of the grid, positions are computed in float32.
  const error = grid.error * perStep + 2 ** -22 * (bins + Math.abs(low) * perStep);
  // A range far from the distances, or far narrower, has no float32 positions: then all are in doubt.
  const fits = perStep < LARGEST && Math.abs(low) < LARGEST && error < LARGEST;
  const positions = fits ? ([low, perStep, error] as const) : ([0, 0, Infinity] as const);
  const unsure = kernels.gridCodes(distances, pairs, ...positions, bins, coded, doubtful);
  kernels.exactCodes(offset, count, stride, doubtful, unsure, lo, width, bins, coded);
  module.counts(counted, 2 * bins).fill(0);
  kernels.countCodes(coded, pairs, bins, counted);
  codes.set(module.bytes(coded, pairs), channel * pairs);
  const ofChannel = counts.subarray(channel * bins, (channel + 1) * bins);
  const [even, odd] = [module.counts(counted, bins), module.counts(counted + 4 * bins, bins)];
  for (let bin = 0; bin < bins; bin++) ofChannel[bin] = even[bin] + odd[bin];
  result.degenerate[channel] = same ? 1 : 0;
  result.entropy[channel] = countsEntropy(ofChannel, table, pairs);
}
