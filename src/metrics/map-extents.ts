import {stripPixels, type MapsShape} from './shapes.js';

/** What one pass over a layer's maps tells about each of them; all arrays are [samples, channels]. */
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

/** Extent of every map, strip by strip (see {@link stripPixels}). */
export function mapExtents(maps: Float32Array, shape: MapsShape): MapExtents {
  const {samples, pixels, channels} = shape;
  const extents = {
    min: new Float64Array(samples * channels).fill(Infinity),
    max: new Float64Array(samples * channels).fill(-Infinity),
    zeros: new Uint32Array(samples * channels),
    finite: new Uint8Array(samples * channels).fill(1),
  };
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

/** Takes the values at start, start + step, ... < end into the extents of one map. */
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
