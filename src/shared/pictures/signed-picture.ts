import type {Picture} from './sample-picture.js';

/** The largest size of a value in any of the arrays; 0 where all are 0 or there are none. Non-finite ones are skipped. */
export function largestSize(arrays: readonly Float32Array[]): number {
  let largest = 0;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) {
      const size = Math.abs(values[i] ?? 0);
      if (size > largest && size < Infinity) largest = size;
    }
  }
  return largest;
}

/**
 * Draws signed values around 0. Three channels are colour, with grey at 0; of any other number of them the mean is
 * coloured by a diverging palette, whose middle is 0.
 *
 * @param values - Channels last.
 * @param shape - `[height, width, channels]`, `[height, width]`, or the extents of a flat input, drawn as one row.
 * @param options.limit - The size drawn at the ends of the scale; values beyond take the ends.
 * @param options.palette - 256 colours, three bytes each, from the most negative to the most positive.
 */
export function signedPicture(
  values: Float32Array,
  shape: readonly number[],
  {limit, palette}: {limit: number; palette: Uint8ClampedArray},
): Picture {
  const [height, width, depth] = shape.length < 2 ? [1, values.length, 1] : [shape[0], shape[1], shape[2]];
  const channels = depth ?? 1;
  const pixels = new Uint8ClampedArray((width ?? 0) * (height ?? 0) * 4);
  const scale = limit > 0 ? 127.5 / limit : 0;
  for (let p = 0; p < pixels.length / 4; p++) {
    if (channels === 3) {
      for (let c = 0; c < 3; c++) pixels[p * 4 + c] = 127.5 + (values[p * 3 + c] ?? 0) * scale;
    } else {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += values[p * channels + c] ?? 0;
      const index = Math.min(255, Math.max(0, Math.round(127.5 + (sum / channels) * scale)));
      for (let c = 0; c < 3; c++) pixels[p * 4 + c] = palette[index * 3 + c] ?? 0;
    }
    pixels[p * 4 + 3] = 255;
  }
  return {width: width ?? 0, height: height ?? 0, pixels};
}
