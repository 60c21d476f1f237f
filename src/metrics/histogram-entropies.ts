import {binIndex, binnedWidth} from './bin-rule.js';
import {entropyTable} from './entropy-table.js';
import {stripPixels, type MapsShape} from './shapes.js';
import type {ValueRanges} from './value-range.js';

/**
 * Entropy of every map's histogram, [samples, channels], strip by strip; a number without meaning where a value is not
 * finite.
 */
export function histogramEntropies(
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
