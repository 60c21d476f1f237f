import {newArray, type ArrayMaker} from '../shared/array-maker.js';
import {stripPixels, type MapsShape} from './shapes.js';

/** Statistics of each map of a layer, from one pass; all arrays are [samples, channels]. */
export interface MapExtents {
  /** Smallest finite value; Infinity where there is none. */
  min: Float64Array;
  /** Largest finite value; -Infinity where there is none. */
  max: Float64Array;
  /** Values equal to 0 (or -0). */
  zeros: Uint32Array;
  /** 1 where all values are finite. */
  finite: Uint8Array;
}

/** @param arrays - Makes the arrays; default plain ones. */
export function emptyExtents(maps: number, arrays: ArrayMaker = newArray): MapExtents {
  return {
    min: arrays(Float64Array, maps).fill(Infinity),
    max: arrays(Float64Array, maps).fill(-Infinity),
    zeros: arrays(Uint32Array, maps),
    finite: arrays(Uint8Array, maps).fill(1),
  };
}

/** Those of the maps from `first` on, before `end`; the same memory. */
export function extentsOf({min, max, zeros, finite}: MapExtents, first: number, end: number): MapExtents {
  return {
    min: min.subarray(first, end),
    max: max.subarray(first, end),
    zeros: zeros.subarray(first, end),
    finite: finite.subarray(first, end),
  };
}

/** Extent of every map, strip by strip (see {@link stripPixels}). */
export function mapExtents(maps: Float32Array, shape: MapsShape): MapExtents {
  const {samples, pixels, channels} = shape;
  const extents = emptyExtents(samples * channels);
  const strip = stripPixels(channels);
  for (let sample = 0; sample < samples; sample++) {
    for (let pixel = 0; pixel < pixels; pixel += strip) {
      const start = (sample * pixels + pixel) * channels;
      const end = start + Math.min(strip, pixels - pixel) * channels;
      for (let channel = 0; channel < channels; channel++) {
        extend(extents, sample * channels + channel, maps, {start: start + channel, end, step: channels});
      }
    }
  }
  return extents;
}

/** Recomputes the extent of one map, ignoring the current one. */
export function extendMap(
  extents: MapExtents,
  maps: Float32Array,
  {pixels, channels}: MapsShape,
  {sample, channel}: {sample: number; channel: number},
): void {
  const map = sample * channels + channel;
  extents.min[map] = Infinity;
  extents.max[map] = -Infinity;
  extents.zeros[map] = 0;
  const first = sample * pixels * channels;
  extend(extents, map, maps, {start: first + channel, end: first + pixels * channels, step: channels});
}

/** Extends the extents of one map by the values at start, start + step, ... < end. */
function extend(
  extents: MapExtents,
  map: number,
  maps: Float32Array,
  {start, end, step}: {start: number; end: number; step: number},
): void {
  let min = extents.min[map];
  let max = extents.max[map];
  let zeros = 0;
  let finite = 1;
  for (let at = start; at < end; at += step) {
    const value = maps[at];
    // value - value is NaN for NaN and the infinities alone
    if (value - value !== 0) finite = 0;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
      if (value === 0) zeros++;
    }
  }
  extents.min[map] = min;
  extents.max[map] = max;
  extents.zeros[map] += zeros;
  extents.finite[map] &= finite;
}
