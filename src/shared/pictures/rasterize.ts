import {parseHex} from './oklab.js';

/** A matrix of numbers to be drawn as coloured cells. */
export interface Grid {
  rows: number;
  columns: number;
  /** Row-major; NaN is undefined and drawn as a hatched cell. */
  values: Float64Array;
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
export function paletteIndex(value: number, [low, high]: readonly [number, number]): number {
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
  const line = parseHex(options.hatch[0]);
  const ground = parseHex(options.hatch[1]);
  const width = columns * cell;
  const pixels = new Uint8ClampedArray(width * rows * cell * 4);
  // One cell at a time, its colour found once; no array is made for a pixel.
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? Number.NaN;
      const isUndefined = Number.isNaN(value);
      const from = isUndefined ? 0 : paletteIndex(value, domain) * 3;
      for (let y = row * cell; y < (row + 1) * cell; y++) {
        for (let x = column * cell; x < (column + 1) * cell; x++) {
          const at = (y * width + x) * 4;
          const hatch = (x + y) % 6 < 1 ? line : ground;
          pixels[at] = isUndefined ? hatch[0] : (palette[from] as number);
          pixels[at + 1] = isUndefined ? hatch[1] : (palette[from + 1] as number);
          pixels[at + 2] = isUndefined ? hatch[2] : (palette[from + 2] as number);
          pixels[at + 3] = 255;
        }
      }
    }
  }
  return pixels;
}
