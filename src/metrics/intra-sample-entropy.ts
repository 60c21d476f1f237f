import {assertInterval, assertPositiveInteger} from '../shared/index.js';
import {binIndex, binnedWidth} from './bin-rule.js';
import {entropyTable} from './entropy-table.js';
import {mapExtents} from './map-extents.js';
import {assertMaps, stripPixels, type MapsShape} from './shapes.js';
import {valueRanges, type RangeRule, type ValueRanges} from './value-range.js';

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

/**
 * Intra-sample entropy: the Shannon entropy of each feature map's histogram,
 * `H = -sum over bins b of p_b log2 p_b`, with p_b the share of the map's values in bin b.
 *
 * Bits, 0 <= H <= log2(min(bins, pixels)). A constant map has entropy 0, and so has any map of one pixel, where the
 * number says nothing. It is a plug-in estimate: with few pixels per bin it falls short of the entropy of the
 * distribution behind them. It depends on `range`: values are comparable only under the same rule.
 *
 * @param maps - Activations, [samples, pixels, channels]. Not modified.
 * @throws {RangeError} if `shape` does not fit `maps`, `bins` is not an integer >= 1, or a fixed range is not a finite
 *   interval.
 * @throws {TypeError} if `range` names no rule.
 * @see Shen & Shen 2020, section 4.4.2.
 */
export function intraSampleEntropy(
  maps: Float32Array,
  shape: MapsShape,
  {bins = 32, range = 'layer'}: IntraSampleOptions = {},
): IntraSampleEntropy {
  const caller = 'intraSampleEntropy';
  assertMaps(caller, maps, shape);
  assertPositiveInteger(caller, 'bins', bins);
  assertRange(caller, range);
  const {samples, pixels, channels} = shape;
  const extents = mapExtents(maps, shape);
  const bits = histogramEntropies(maps, shape, bins, valueRanges(extents, shape, range));
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
  const clipped = someOutside ? countOutside(maps, range[0], range[1]) : 0;
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

/**
 * Entropy of every map's histogram, [samples, channels], strip by strip; a number without meaning where a value is not
 * finite.
 */
function histogramEntropies(
  maps: Float32Array,
  {samples, pixels, channels}: MapsShape,
  bins: number,
  {lo, hi}: ValueRanges,
): Float64Array {
  const bits = new Float64Array(samples * channels);
  const table = entropyTable(pixels);
  const counts = new Uint32Array(channels * bins);
  const strip = stripPixels(channels);
  for (let sample = 0; sample < samples; sample++) {
    counts.fill(0);
    for (let pixel = 0; pixel < pixels; pixel += strip) {
      const start = (sample * pixels + pixel) * channels;
      const end = start + Math.min(strip, pixels - pixel) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const map = sample * channels + channel;
        const origin = lo[map];
        const width = binnedWidth(origin, hi[map]);
        const histogram = channel * bins;
        for (let at = start + channel; at < end; at += channels) {
          counts[histogram + binIndex(maps[at], origin, width, bins)]++;
        }
      }
    }
    for (let channel = 0, bin = 0; channel < channels; channel++) {
      let sum = 0;
      for (const end = bin + bins; bin < end; bin++) sum += table[counts[bin]];
      bits[sample * channels + channel] = (table[pixels] - sum) / pixels;
    }
  }
  return bits;
}

function countOutside(maps: Float32Array, lo: number, hi: number): number {
  let count = 0;
  for (let i = 0; i < maps.length; i++) {
    const value = maps[i];
    if ((value < lo || value > hi) && Number.isFinite(value)) count++;
  }
  return count;
}
