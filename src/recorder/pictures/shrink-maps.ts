import type {LayerInfo} from '../../shared/index.js';

/** Values as a picture lays them out: [height, width, channels], row-major. */
export interface MapValues {
  values: Float32Array;
  width: number;
  height: number;
  channels: number;
}

/** The maps of one sample laid out as the viewer does: depth below height, values without axes as one row. */
export function mapValues(values: Float32Array, {spatial, channels}: LayerInfo): MapValues {
  if (spatial.length === 0) return {values, width: channels, height: 1, channels: 1};
  const width = spatial.at(-1) as number;
  return {values, width, height: values.length / (width * channels), channels};
}

/**
 * Some channels of maps, no larger than `most` a side: each value the mean of a square block.
 *
 * @param wanted - Channels to take; default all.
 */
export function shrinkMaps(maps: MapValues, most: number, wanted?: readonly number[]): MapValues {
  const taken = wanted ?? Array.from({length: maps.channels}, (_, channel) => channel);
  const step = Math.ceil(Math.max(maps.width, maps.height) / most);
  const [width, height] = [Math.ceil(maps.width / step), Math.ceil(maps.height / step)];
  const values = new Float32Array(width * height * taken.length);
  taken.forEach((channel, place) => {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        values[(y * width + x) * taken.length + place] = blockMean(maps, channel, {x, y, step});
      }
    }
  });
  return {values, width, height, channels: taken.length};
}

function blockMean(
  {values, width, height, channels}: MapValues,
  channel: number,
  {x, y, step}: {x: number; y: number; step: number},
): number {
  const right = Math.min(width, (x + 1) * step);
  const bottom = Math.min(height, (y + 1) * step);
  let sum = 0;
  for (let row = y * step; row < bottom; row++) {
    for (let column = x * step; column < right; column++) {
      sum += values[(row * width + column) * channels + channel] as number;
    }
  }
  return sum / ((right - x * step) * (bottom - y * step));
}
