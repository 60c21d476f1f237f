import type {MapsShape} from './shapes.js';

/** What one pass over a layer's maps tells about each of them; all arrays are [samples, channels]. */
export interface MapExtents {
  /** Smallest finite value; Infinity where there is none. */
  min: Float64Array;
  /** Largest finite value; -Infinity where there is none. */
  max: Float64Array;
  /** Values equal to 0 (or -0). */
  zeros: Uint32Array;
  /** NaN and infinite values. */
  nonFinite: Uint32Array;
}

/** Extent of every map, in one pass in memory order. */
export function mapExtents(maps: Float32Array, {samples, pixels, channels}: MapsShape): MapExtents {
  const min = new Float64Array(samples * channels).fill(Infinity);
  const max = new Float64Array(samples * channels).fill(-Infinity);
  const zeros = new Uint32Array(samples * channels);
  const nonFinite = new Uint32Array(samples * channels);
  let at = 0;
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * channels;
    const end = start + channels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let map = start; map < end; map++) {
        const value = maps[at++];
        // value - value is NaN for NaN and the infinities alone
        if (value - value !== 0) nonFinite[map]++;
        else {
          if (value < min[map]) min[map] = value;
          if (value > max[map]) max[map] = value;
          if (value === 0) zeros[map]++;
        }
      }
    }
  }
  return {min, max, zeros, nonFinite};
}
