import {parseHex} from './oklab.js';

/** A matrix of numbers to be drawn as coloured cells. */
export interface Grid {
  rows: number;
  columns: number;
  /** Row-major; NaN is undefined and drawn as a hatched cell. */
  values: Float64Array | Uint32Array;
  /** The values at the two ends of the palette. */
  domain: readonly [low: number, high: number];
}

export interface RasterizeOptions {
  /** Pixels along a cell's side; at least 1. */
  cell: number;
  /** Hatch lines and their ground, `#rrggbb`. */
  hatch: readonly [line: string, ground: string];
}

/** The palette's index (0..255) of a value; values outside the domain take its ends. */
export function paletteIndex(value: number, domain: readonly [low: number, high: number]): number {
  const [low, high] = [domain[0], domain[1]];
  if (high <= low) return 0;
  return Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low))));
}

/**
 * Colours a grid.
 *
 * @param palette - 256 colours, three bytes each, from `scalePalette`.
 * @returns RGBA bytes of a picture `columns * cell` wide and `rows * cell` high.
 */
export function rasterize(
  grid: Grid,
  palette: Uint8ClampedArray,
  options: RasterizeOptions,
): Uint8ClampedArray<ArrayBuffer> {
  const {rows, columns, values, domain} = grid;
  const {cell} = options;
  const colours = packedPixels(palette);
  const [line, ground] = options.hatch.map(colour => packedPixels(parseHex(colour))[0] as number);
  const width = columns * cell;
  const pixels = new Uint8ClampedArray(width * rows * cell * 4);
  // A pixel is written as one number: a large heatmap is coloured in a few milliseconds.
  const whole = new Uint32Array(pixels.buffer);
  for (let at = 0; at < rows * columns; at++) {
    const value = values[at] as number;
    const isUndefined = Number.isNaN(value);
    const index = isUndefined ? 0 : paletteIndex(value, domain);
    if (cell === 1 && !isUndefined) {
      whole[at] = colours[index] as number;
      continue;
    }
    const [top, left] = [Math.floor(at / columns) * cell, (at % columns) * cell];
    for (let y = top; y < top + cell; y++) {
      for (let x = left; x < left + cell; x++) {
        const hatch = ((x + y) % 6 < 1 ? line : ground) as number;
        whole[y * width + x] = isUndefined ? hatch : (colours[index] as number);
      }
    }
  }
  return pixels;
}

/** Opaque colours of three bytes as pixels of four, each in one number, whatever the order of its bytes here. */
export function packedPixels(colours: ArrayLike<number>): Uint32Array {
  const bytes = new Uint8ClampedArray((colours.length / 3) * 4).fill(255);
  for (let i = 0; i < colours.length; i++) bytes[Math.floor(i / 3) * 4 + (i % 3)] = colours[i] as number;
  return new Uint32Array(bytes.buffer);
}
