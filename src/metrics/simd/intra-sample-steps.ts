import {entropyTable} from '../entropy-table.js';
import {summarizeMaps, type IntraSampleEntropy, type IntraSampleOptions} from '../intra-sample-entropy.js';
import {blocksOf, type LayerSamples} from '../layer-samples.js';
import {emptyExtents, extentsOf, type MapExtents} from '../map-extents.js';
import type {MapsShape} from '../shapes.js';
import {rangesOf, valueRanges, type ValueRanges} from '../value-range.js';
import type {InputOf} from './operations/index.js';
import {shared, sharedArray} from '../../shared/shared-array.js';

/** An operation to be done before the next, and how much of the whole it is. */
export type IntraSampleStep = {share: number} & (
  | {operation: 'binOwnMaps'; input: InputOf<'binOwnMaps'>}
  | {operation: 'measureExtents'; input: InputOf<'measureExtents'>}
  | {operation: 'binMaps'; input: InputOf<'binMaps'>}
  | {operation: 'plainExtents'; input: InputOf<'plainExtents'>}
  | {operation: 'plainHistograms'; input: InputOf<'plainHistograms'>}
);

/**
 * Computes an intra-sample entropy with the kernels, step by step, for threads or for one; the caller completes a step
 * before requesting the next. The result is that of `intraSampleEntropy` to the last bit.
 *
 * @param source - Of the shape given; in memory that the threads share, where threads take the steps.
 */
export function* intraSampleSteps(
  source: LayerSamples,
  shape: MapsShape,
  {bins, range}: Required<IntraSampleOptions>,
): Generator<IntraSampleStep, IntraSampleEntropy> {
  const {samples, channels} = shape;
  const extents = emptyExtents(samples * channels, sharedArray);
  const bits = sharedArray(Float64Array, samples * channels);
  const table = shared(entropyTable(shape.pixels));
  // The kernels take four channels at a time.
  const inFours = channels % 4 === 0;
  const own = range === 'map' && bins <= MAX_BINS && inFours;
  for (const block of mapBlocks(source, shape)) {
    const result = extentsOf(extents, ...block.places);
    const [input, {share}] = [{maps: block.maps, shape: block.shape}, block];
    const into = bits.subarray(...block.places);
    if (own)
      yield {share, operation: 'binOwnMaps', input: {...input, bins, table, bits: into, extents: result}};
    else
      yield {
        share: share / 2,
        operation: inFours ? 'measureExtents' : 'plainExtents',
        input: {...input, result},
      };
  }
  const ranges = valueRanges(extents, shape, range);
  const plain = !inFours || bins > MAX_BINS || !fitKernel(ranges, extents);
  if (own && !plain) return summarizeMaps(source, shape, {bins, range, extents, bits});
  const there = {lo: shared(ranges.lo), hi: shared(ranges.hi)};
  for (const block of mapBlocks(source, shape)) {
    const input = {
      maps: block.maps,
      shape: block.shape,
      ranges: rangesOf(there, ...block.places),
      bins,
      bits: bits.subarray(...block.places),
    };
    const share = own ? 0 : block.share / 2;
    if (plain) yield {share, operation: 'plainHistograms', input};
    else yield {share, operation: 'binMaps', input: {...input, table}};
  }
  return summarizeMaps(source, shape, {bins, range, extents, bits});
}

/** The maps of some samples, where they are among all maps, and how much of all they are. */
function* mapBlocks(source: LayerSamples, shape: MapsShape) {
  for (const {values: maps, start, count} of blocksOf(source)) {
    const places: [first: number, end: number] = [start * shape.channels, (start + count) * shape.channels];
    yield {maps, shape: {...shape, samples: count}, places, share: count / shape.samples};
  }
}

/** The kernel's steps within a bin leave room for so many. */
const MAX_BINS = 1024;
/** Below this extent the reciprocal in the kernel would not be a float32. */
const SMALLEST_WIDTH = 1e-30;

/** The kernel keeps ranges in float32 and assumes that values are within them: ranges computed from the maps satisfy this. */
function fitKernel({lo, hi}: ValueRanges, {min, max}: MapExtents): boolean {
  for (let map = 0; map < lo.length; map++) {
    if (min[map] > max[map]) continue; // nothing finite, and no result
    const width = hi[map] - lo[map];
    const exact = Math.fround(lo[map]) === lo[map] && Math.fround(hi[map]) === hi[map];
    const usual = width === 0 || (width > SMALLEST_WIDTH && width < 3e38);
    if (!exact || !usual || min[map] < lo[map] || max[map] > hi[map]) return false;
  }
  return true;
}
