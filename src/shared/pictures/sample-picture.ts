/** An input drawn as a picture. */
export interface Picture {
  width: number;
  height: number;
  /** RGBA bytes. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The values that become black and white: [0, 1] where all fit, else [-1, 1], else [0, 255], else what there is. */
export function pictureRange(inputs: readonly Float32Array[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const input of inputs) {
    for (let i = 0; i < input.length; i++) {
      const value = input[i] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const usual: [number, number][] = [
    [0, 1],
    [-1, 1],
    [0, 255],
  ];
  return usual.find(([from, to]) => low >= from && high <= to) ?? [low, high];
}

/**
 * Draws an input: three or four channels as colour, any other number as the grey of their mean; an input without two
 * spatial axes as one row.
 *
 * @param input - Channels last, length = product of `spatial` times `channels`.
 */
export function samplePicture(
  input: Float32Array,
  shape: {spatial: readonly number[]; channels: number},
  [low, high]: readonly [number, number],
): Picture {
  const {spatial, channels} = shape;
  const flat = spatial.length === 0;
  const width = flat ? channels : (spatial.at(-1) ?? 1);
  const depth = flat ? 1 : channels;
  const height = Math.max(1, Math.floor(input.length / (width * depth)));
  const pixels = new Uint8ClampedArray(width * height * 4);
  const scale = high > low ? 255 / (high - low) : 0;
  for (let p = 0; p < width * height; p++) {
    if (depth === 3 || depth === 4) {
      for (let c = 0; c < 3; c++) pixels[p * 4 + c] = ((input[p * depth + c] ?? 0) - low) * scale;
    } else {
      let sum = 0;
      for (let c = 0; c < depth; c++) sum += input[p * depth + c] ?? 0;
      pixels.fill((sum / depth - low) * scale, p * 4, p * 4 + 3);
    }
    pixels[p * 4 + 3] = 255;
  }
  return {width, height, pixels};
}
