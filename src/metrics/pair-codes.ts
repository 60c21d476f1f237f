import {allFinite} from './all-finite.js';
import {newArray, type ArrayMaker} from '../shared/array-maker.js';
import {assertInterval, assertPositiveInteger} from '../shared/index.js';
import {binIndex, binnedWidth} from './bin-rule.js';
import {exactEntropyTable} from './exact-entropy-table.js';
import {assertChannelMajor, type ChannelMajorShape} from './shapes.js';
import {squaredDistances, type SquaredDistances} from './squared-distances.js';

/** Options of {@link pairCodes}: how distances are binned. */
export interface PairCodesOptions {
  /** Bins of each channel's distances, integer 1..256, default 32. */
  bins?: number;
  /**
   * Range of the bins of a channel: its own smallest to largest distance (`minmax`, the default and the paper's), 0 to
   * its largest (`zeromax`), or a fixed [lo, hi], whose end bins take what lies outside.
   */
  range?: 'minmax' | 'zeromax' | readonly [lo: number, hi: number];
  /** Function for the distances; default the plain version, which returns the same numbers. */
  squaredDistances?: SquaredDistances;
}

/** The binned pairwise distances within each channel of a layer: what capacity is counted from. */
export interface PairCodes {
  channels: number;
  samples: number;
  /** Unordered pairs of samples: samples (samples - 1) / 2. */
  pairs: number;
  bins: number;
  /** Bin of each pair i < j, row after row, [channels, pairs]; zeros where the channel is not valid. */
  codes: Uint8Array;
  /** Pairs in each bin, [channels, bins]; zeros where the channel is not valid. */
  counts: Uint32Array;
  /** Entropy of the binned distances, bits, [channels]: 0..log2(bins). NaN where not valid or without a pair. */
  entropy: Float64Array;
  /** 1 where all distances are equal up to rounding, max - min <= 1e-12 max: all in one bin, [channels]. */
  degenerate: Uint8Array;
  /** 1 where every value of the channel is finite, [channels]. */
  valid: Uint8Array;
}

/** Largest number of bins: a code is a byte. */
const MAX_BINS = 256;

/**
 * Euclidean distances between the samples' maps within each channel, cut into bins.
 *
 * Distances come from differences, in float64: a Gram matrix loses the digits of near-duplicates.
 *
 * @param maps - [channels, samples, pixels], row-major. Not modified.
 * @throws {RangeError} if `shape` does not fit `maps`, or an option is out of range.
 * @throws {TypeError} if `range` names no rule.
 * @see Shen & Shen 2020, section 5.3.1.
 */
export function pairCodes(
  maps: Float32Array,
  shape: ChannelMajorShape,
  {bins = 32, range = 'minmax', squaredDistances: distancesOf = squaredDistances}: PairCodesOptions = {},
): PairCodes {
  assertPairCodesInput('pairCodes', maps, shape, {bins, range});
  const result = emptyPairCodes(shape, bins);
  const {channels, samples, pixels} = shape;
  const rows = Int32Array.from({length: samples}, (_, sample) => sample);
  const table = exactEntropyTable(result.pairs);
  for (let channel = 0; channel < channels; channel++) {
    const x = maps.subarray(channel * samples * pixels, (channel + 1) * samples * pixels);
    if (!allFinite(x)) continue;
    const distances = distancesOf({x, features: pixels, rows});
    for (let pair = 0; pair < distances.length; pair++) distances[pair] = Math.sqrt(distances[pair]);
    codeChannel(result, channel, distances, {range, table});
  }
  return result;
}

/** @throws {RangeError | TypeError} naming what is out of range, or no range. */
export function assertPairCodesInput(
  caller: string,
  maps: Float32Array,
  shape: ChannelMajorShape,
  {bins = 32, range = 'minmax'}: PairCodesOptions,
): void {
  assertChannelMajor(caller, maps, shape);
  assertPositiveInteger(caller, 'bins', bins);
  if (bins > MAX_BINS) throw new RangeError(`${caller}: bins must be at most ${MAX_BINS}, got ${bins}.`);
  assertRange(caller, range);
}

function assertRange(caller: string, range: unknown): void {
  if (range === 'minmax' || range === 'zeromax') return;
  if (!Array.isArray(range) || range.length !== 2) {
    throw new TypeError(`${caller}: range must be 'minmax', 'zeromax' or [lo, hi], got ${String(range)}.`);
  }
  assertInterval(caller, 'range', range[0] as number, range[1] as number);
}

/** Codes of a layer before any channel is coded. */
export function emptyPairCodes(
  {channels, samples}: ChannelMajorShape,
  bins: number,
  arrays: ArrayMaker = newArray,
): PairCodes {
  const pairs = (samples * samples - samples) / 2; // samples * (samples - 1) is -0 for none
  return {
    channels,
    samples,
    pairs,
    bins,
    codes: arrays(Uint8Array, channels * pairs),
    counts: arrays(Uint32Array, channels * bins),
    entropy: arrays(Float64Array, channels).fill(NaN),
    degenerate: arrays(Uint8Array, channels),
    valid: arrays(Uint8Array, channels),
  };
}

/**
 * The range that a channel's distances are binned over.
 *
 * @returns `width` is Infinity where all go to bin 0; `same` tells that all are equal up to rounding, which alone must
 *   not spread them over the bins of their range.
 */
export function codedRange(
  min: number,
  max: number,
  range: NonNullable<PairCodesOptions['range']>,
): {lo: number; width: number; same: boolean} {
  const same = max - min <= 1e-12 * max;
  const [lo, hi] = range === 'minmax' ? [min, max] : range === 'zeromax' ? [0, max] : range;
  return {lo, width: same && range === 'minmax' ? Infinity : binnedWidth(lo, hi), same};
}

/** Entropy of a channel's bin counts, bits. `table` is n log2 n for n = 0..pairs. */
export function countsEntropy(counts: Uint32Array, table: Float64Array, pairs: number): number {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) sum += table[counts[bin]];
  return (table[pairs] - sum) / pairs;
}

/**
 * Codes one channel, all of whose values are finite.
 *
 * @param distances - Of each pair, [pairs].
 * @param table - `exactEntropyTable(pairs)`.
 */
export function codeChannel(
  result: PairCodes,
  channel: number,
  distances: Float64Array,
  {range, table}: {range: NonNullable<PairCodesOptions['range']>; table: Float64Array},
): void {
  const {pairs, bins, codes, counts} = result;
  result.valid[channel] = 1;
  if (pairs === 0) return;
  let min = Infinity;
  let max = -Infinity;
  for (let pair = 0; pair < pairs; pair++) {
    const distance = distances[pair];
    if (distance < min) min = distance;
    if (distance > max) max = distance;
  }
  const {lo, width, same} = codedRange(min, max, range);
  const first = channel * pairs;
  const bin0 = channel * bins;
  for (let pair = 0; pair < pairs; pair++) {
    const bin = binIndex(distances[pair], lo, width, bins);
    codes[first + pair] = bin;
    counts[bin0 + bin]++;
  }
  if (same) result.degenerate[channel] = 1;
  result.entropy[channel] = countsEntropy(counts.subarray(bin0, bin0 + bins), table, pairs);
}
