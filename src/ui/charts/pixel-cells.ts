/** Cells behind the pixels of one axis: pixel `p` shows the largest of the cells `from[p]` up to, not including, `to[p]`. */
export interface PixelCells {
  from: Int32Array;
  to: Int32Array;
}

/**
 * Divides the cells of an axis among its pixels. Where a cell takes several pixels, each pixel shows the cell at its centre;
 * where a pixel takes several cells, each cell belongs to the pixel that its centre is in, so that none is left out.
 *
 * @param axis.first - Start of the part that is shown, in cells; may be a fraction.
 * @param axis.shown - Length of that part, in cells.
 * @param axis.cells - All cells; at least 1.
 * @param axis.pixels - Device pixels.
 */
export function pixelCells(axis: {first: number; shown: number; cells: number; pixels: number}): PixelCells {
  const {first, shown, cells, pixels} = axis;
  const perPixel = shown / pixels;
  const [from, to] = [new Int32Array(pixels), new Int32Array(pixels)];
  const startAt = (pixel: number): number => Math.ceil(first + pixel * perPixel - 0.5 - 1e-9);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = perPixel > 1 ? startAt(pixel) : Math.floor(first + (pixel + 0.5) * perPixel);
    const cell = Math.min(cells - 1, Math.max(0, start));
    from[pixel] = cell;
    to[pixel] = perPixel > 1 ? Math.min(cells, Math.max(cell + 1, startAt(pixel + 1))) : cell + 1;
  }
  return {from, to};
}
