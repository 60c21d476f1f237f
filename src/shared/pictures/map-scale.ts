import {divergingPalette, type ThemeName} from './colour-scales.js';
import {samplePicture, type Picture} from './sample-picture.js';
import {largestSize, signedPicture} from './signed-picture.js';

/** The one scale of feature maps that are compared. */
export interface MapScale {
  /** Size of a value at the ends of the scale; 0 where all are 0 or there are none. */
  limit: number;
  /** Whether some value is below 0. */
  isSigned: boolean;
  /**
   * Draws a map of the scale.
   *
   * @param shape - Extents of the map; any but the last are rows, and no extent at all is one pixel.
   */
  draw: (values: Float32Array, shape: readonly number[]) => Picture;
}

/** The scale of some maps: from black, 0, to white; if one has a value below 0, all are on the diverging scale around 0. */
export function mapScale(maps: Iterable<Float32Array>, theme: ThemeName): MapScale {
  const all = [...maps];
  const limit = largestSize(all);
  const isSigned = all.some(map => map.some(value => value < 0));
  const palette = divergingPalette(theme);
  return {
    limit,
    isSigned,
    draw: (values, shape) => {
      const width = shape.at(-1) ?? 1;
      return isSigned
        ? signedPicture(values, [values.length / width, width], {limit, palette})
        : samplePicture(values, {spatial: [width], channels: 1}, [0, limit]);
    },
  };
}
