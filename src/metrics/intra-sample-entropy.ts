import {assertInterval, assertPositiveInteger} from '../shared/index.js';
import {histogramEntropies} from './histogram-entropies.js';
import {blocksOf, samplesOf, type LayerSamples} from './layer-samples.js';
import {emptyExtents, extentsOf, mapExtents, type MapExtents} from './map-extents.js';
import {assertMaps, type MapsShape} from './shapes.js';
import {rangesOf, valueRanges, type RangeRule} from './value-range.js';

/** Options of the intra-sample entropy: the bins, and the values that they span. */
export interface IntraSampleOptions {
  /** Bins of each histogram; integer >= 1, default 32. */
  bins?: number;
  /** The values that span the bins, default `layer`. */
  range?: RangeRule;
}

export interface IntraSampleEntropy extends MapsShape {
  bins: number;
  range: RangeRule;
  /** Entropy of each map in bits, [samples, channels]; NaN where the map holds a non-finite value. */
  bits: Float64Array;
  /** 1 where all values of the map are finite and equal, [samples, channels]. */
  constant: Uint8Array;
  /** Values equal to 0 in each map, [samples, channels]. */
  zeros: Uint32Array;
  /** Maps with a non-finite value. */
  invalid: number;
  /** Finite values outside a fixed range, counted in its end bins; 0 under the other rules. */
  clipped: number;
  /** Smallest finite value of the layer, null where there is none. */
  min: number | null;
  /** Largest finite value of the layer, null where there is none. */
  max: number | null;
}

/** A function for the intra-sample entropy of a layer: {@link intraSampleEntropy}, or a kernel that gives the same numbers. */
export type IntraSampleMeasure = (
  maps: Float32Array | LayerSamples,
  shape: MapsShape,
  options?: IntraSampleOptions,
) => IntraSampleEntropy;

/**
 * Intra-sample entropy: the Shannon entropy of each feature map's histogram,
 * `H = -sum over bins b of p_b log2 p_b`, with p_b the share of the map's values in bin b.
 *
 * Bits, 0 <= H <= log2(min(bins, pixels)). A constant map has entropy 0, and so has any map of one pixel, where the
 * number says nothing. It is a plug-in estimate: with few pixels per bin it falls short of the entropy of the
 * underlying distribution. It depends on `range`: values are comparable only under the same rule.
 *
 * @param maps - Activations, [samples, pixels, channels], or the same to be read a block of samples at a time, twice: for
 *   the values' ranges, and for the histograms. Not modified.
 * @throws {RangeError} if `shape` does not fit `maps`, `bins` is not an integer >= 1, or a fixed range is not a finite
 *   interval.
 * @throws {TypeError} if `range` names no rule.
 * @see Shen & Shen 2020, section 4.4.2.
 */
export function intraSampleEntropy(
  maps: Float32Array | LayerSamples,
  shape: MapsShape,
  {bins = 32, range = 'layer'}: IntraSampleOptions = {},
): IntraSampleEntropy {
  assertIntraSampleInput('intraSampleEntropy', maps, shape, {bins, range});
  const {samples, channels} = shape;
  const source = samplesOf(maps, samples);
  const extents = emptyExtents(samples * channels);
  const bits = new Float64Array(samples * channels);
  for (const {values, start, count} of blocksOf(source)) {
    const found = mapExtents(values, {...shape, samples: count});
    const {min, max, zeros, finite} = extentsOf(extents, start * channels, (start + count) * channels);
    min.set(found.min);
    max.set(found.max);
    zeros.set(found.zeros);
    finite.set(found.finite);
  }
  const ranges = valueRanges(extents, shape, range);
  for (const {values, start, count} of blocksOf(source)) {
    const of = rangesOf(ranges, start * channels, (start + count) * channels);
    bits.set(histogramEntropies(values, {...shape, samples: count}, bins, of), start * channels);
  }
  return summarizeMaps(source, shape, {bins, range, extents, bits});
}

/** @throws {RangeError | TypeError} naming what is out of range. */
export function assertIntraSampleInput(
  caller: string,
  maps: Float32Array | LayerSamples,
  shape: MapsShape,
  {bins, range}: Required<IntraSampleOptions>,
): void {
  if (maps instanceof Float32Array) assertMaps(caller, maps, shape);
  assertPositiveInteger(caller, 'bins', bins);
  assertRange(caller, range);
}

/**
 * The result from the maps' extents and entropies, however those were found.
 *
 * @param measured - `bits` is changed: NaN where a map holds a non-finite value.
 */
export function summarizeMaps(
  source: LayerSamples,
  {samples, pixels, channels}: MapsShape,
  {bins, range, extents, bits}: Required<IntraSampleOptions> & {extents: MapExtents; bits: Float64Array},
): IntraSampleEntropy {
  const constant = new Uint8Array(samples * channels);
  let invalid = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let map = 0; map < samples * channels; map++) {
    min = Math.min(min, extents.min[map]);
    max = Math.max(max, extents.max[map]);
    if (extents.finite[map] === 0) {
      bits[map] = NaN;
      invalid++;
    } else if (extents.min[map] === extents.max[map]) constant[map] = 1;
  }
  const someOutside = typeof range !== 'string' && (min < range[0] || max > range[1]);
  const clipped = someOutside ? countOutside(source, range[0], range[1]) : 0;
  const limits = min <= max ? {min, max} : {min: null, max: null};
  return {
    samples,
    pixels,
    channels,
    bins,
    range,
    bits,
    constant,
    zeros: extents.zeros,
    invalid,
    clipped,
    ...limits,
  };
}

function assertRange(caller: string, range: unknown): asserts range is RangeRule {
  if (range === 'layer' || range === 'channel' || range === 'map') return;
  if (!Array.isArray(range) || range.length !== 2) {
    throw new TypeError(
      `${caller}: range must be 'layer', 'channel', 'map' or [lo, hi], got ${String(range)}.`,
    );
  }
  assertInterval(caller, 'range', range[0] as number, range[1] as number);
}

function countOutside(source: LayerSamples, lo: number, hi: number): number {
  let count = 0;
  for (const {values} of blocksOf(source)) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if ((value < lo || value > hi) && Number.isFinite(value)) count++;
    }
  }
  return count;
}
