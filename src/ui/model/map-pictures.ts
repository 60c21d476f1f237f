import {samplePicture, type Picture} from '../../shared/index.js';

/** Feature maps as pictures, all on one grey scale; `shape` is the extents of a map, empty for a dense unit. */
export function mapPictures(maps: readonly {shape: readonly number[]; values: Float32Array}[]): Picture[] {
  let [low, high] = [Infinity, -Infinity];
  for (const {values} of maps) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return maps.map(({shape, values}) => samplePicture(values, {spatial: shape, channels: 1}, [low, high]));
}
