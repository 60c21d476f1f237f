import {packedPixels, paletteIndex, parseHex, type Grid} from '../../shared/index.js';
import {drawnCell, type GridLayout} from './grid-layout.js';

/** Colours of a raster. */
export interface RasterColours {
  /** 256 colours, three bytes each, from `scalePalette`. */
  palette: Uint8ClampedArray;
  /** Hatch lines and their ground, `#rrggbb`. */
  hatch: readonly [line: string, ground: string];
}

/** Distance of hatch lines, device pixels. */
const hatchPitch = 6;

/**
 * Colours the part of a grid that is seen, pixel by pixel, from the same division into cells that pointing uses.
 *
 * @returns RGBA bytes, as many pixels as the layout has device pixels.
 */
export function gridPixels(
  grid: Grid,
  {across, down}: Pick<GridLayout, 'across' | 'down'>,
  {palette, hatch}: RasterColours,
): Uint8ClampedArray<ArrayBuffer> {
  const [width, height] = [across.from.length, down.from.length];
  const {values, columns, domain} = grid;
  const colours = packedPixels(palette);
  const [line, ground] = hatch.map(colour => packedPixels(parseHex(colour))[0] as number) as [number, number];
  const pixels = new Uint32Array(width * height);
  const hasBlocks = across.to.some((to, x) => to - (across.from[x] as number) > 1);
  for (let y = 0; y < height; y++) {
    const rows = [down.from[y] as number, down.to[y] as number] as const;
    const isSingle = !hasBlocks && rows[1] - rows[0] === 1;
    for (let x = 0; x < width; x++) {
      const from = across.from[x] as number;
      let at = rows[0] * columns + from;
      if (!isSingle) {
        const cell = drawnCell(grid, rows, [from, across.to[x] as number]);
        at = cell.row * columns + cell.column;
      }
      const value = values[at] as number;
      const colour = Number.isNaN(value)
        ? (x + y) % hatchPitch < 1
          ? line
          : ground
        : colours[paletteIndex(value, domain)];
      pixels[y * width + x] = colour as number;
    }
  }
  return new Uint8ClampedArray(pixels.buffer);
}
