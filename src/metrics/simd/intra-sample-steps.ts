import {entropyTable} from '../entropy-table.js';
import {summarizeMaps, type IntraSampleEntropy, type IntraSampleOptions} from '../intra-sample-entropy.js';
import {emptyExtents, type MapExtents} from '../map-extents.js';
import type {MapsShape} from '../shapes.js';
import {valueRanges, type ValueRanges} from '../value-range.js';
import type {InputOf} from './operations/index.js';
import {shared, sharedArray} from './shared-array.js';

/** An operation to be done before the next, and how much of the whole it is. */
export type IntraSampleStep = {share: number} & (
  | {operation: 'binOwnMaps'; input: InputOf<'binOwnMaps'>}
  | {operation: 'measureExtents'; input: InputOf<'measureExtents'>}
  | {operation: 'binMaps'; input: InputOf<'binMaps'>}
  | {operation: 'plainExtents'; input: InputOf<'plainExtents'>}
  | {operation: 'plainHistograms'; input: InputOf<'plainHistograms'>}
);

/**
 * The kernels' way to an intra-sample entropy, step by step, for threads or for one; whoever takes a step has it done
 * before asking for the next. The result is that of `intraSampleEntropy` to the last bit.
 *
 * @param maps - Of the shape given; in memory that the threads share, where threads take the steps.
 */
export function* intraSampleSteps(
  maps: Float32Array,
  shape: MapsShape,
  {bins, range}: Required<IntraSampleOptions>,
): Generator<IntraSampleStep, IntraSampleEntropy> {
  const extents = emptyExtents(shape.samples * shape.channels, sharedArray);
  const bits = sharedArray(Float64Array, shape.samples * shape.channels);
  const table = shared(entropyTable(shape.pixels));
  // The kernels take four channels at a time.
  const inFours = shape.channels % 4 === 0;
  const own = range === 'map' && bins <= MAX_BINS && inFours;
  if (own) yield {share: 1, operation: 'binOwnMaps', input: {maps, shape, bins, table, bits, extents}};
  else {
    const operation = inFours ? 'measureExtents' : 'plainExtents';
    yield {share: 0.5, operation, input: {maps, shape, result: extents}};
  }
  const ranges = valueRanges(extents, shape, range);
  if (!inFours || bins > MAX_BINS || !fitKernel(ranges, extents)) {
    const there = {lo: shared(ranges.lo), hi: shared(ranges.hi)};
    yield {
      share: own ? 0 : 0.5,
      operation: 'plainHistograms',
      input: {maps, shape, ranges: there, bins, bits},
    };
  } else if (!own) {
    yield {share: 0.5, operation: 'binMaps', input: {maps, shape, ranges, bins, table, bits}};
  }
  return summarizeMaps(maps, shape, {bins, range, extents, bits});
}

/** The kernel's steps within a bin leave room for so many. */
const MAX_BINS = 1024;
/** Below this extent the reciprocal in the kernel would not be a float32. */
const SMALLEST_WIDTH = 1e-30;

/** The kernel keeps ranges in float32 and takes values within them: those that come from the maps are so. */
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
