import {Geometry} from './geometry';
import {addTileRow, LEFT_STEP, multiplyTile, packColumnPanels, RIGHT_STEP, TILE_COLS, TILE_ROWS} from './tile';

/**
 * dFilter[tap, co] = sum over images and output pixels of x[pixel at tap, ci] * dy[pixel, co],
 * a tap being one (row, column, input channel) of the filter.
 *
 * Works through `rowsPerBlock` output rows at a time, so that the packed operands stay in the cache whatever the image size.
 *
 * @param scratch - 128 bytes of tile, then 16 bytes a pixel of a block,
 *   then 4 bytes a pixel and output channel (rounded up to 8).
 */
export function conv2dBackpropFilter(
  g: Geometry, x: usize, dy: usize, dFilter: usize, scratch: usize, rowsPerBlock: i32,
): void {
  const outChannels = g.outChannels;
  const taps = g.filterHeight * g.filterWidth * g.inChannels;
  const allRows = g.batch * g.outHeight;
  const tile = scratch;
  const left = tile + TILE_ROWS * RIGHT_STEP;
  const right = left + <usize>(rowsPerBlock * g.outWidth) * LEFT_STEP;
  memory.fill(dFilter, 0, <usize>(taps * outChannels) << 2);

  for (let firstRow = 0; firstRow < allRows; firstRow += rowsPerBlock) {
    const lastRow = min(firstRow + rowsPerBlock, allRows);
    const pixels = (lastRow - firstRow) * g.outWidth;
    packColumnPanels(dy + (<usize>(firstRow * g.outWidth * outChannels) << 2), pixels, outChannels, right);
    for (let tap = 0; tap < taps; tap += TILE_ROWS) {
      const tileRows = min(TILE_ROWS, taps - tap);
      packTaps(g, x, tap, tileRows, firstRow, lastRow, left);
      for (let co = 0; co < outChannels; co += TILE_COLS) {
        multiplyTile(left, right + (<usize>(co * pixels) << 2), pixels, tile);
        const columns = min(TILE_COLS, outChannels - co);
        for (let row = 0; row < tileRows; row++) {
          const target = dFilter + (<usize>((tap + row) * outChannels + co) << 2);
          addTileRow(target, tile + <usize>row * RIGHT_STEP, columns);
        }
      }
    }
  }
}

/** What up to four taps see at every output pixel of some rows -> left[pixel][4]; zero outside the image. */
function packTaps(
  g: Geometry, x: usize, tap: i32, count: i32, firstRow: i32, lastRow: i32, left: usize,
): void {
  const sameColumn = tap % g.inChannels + TILE_ROWS <= g.inChannels;
  if (sameColumn) {
    packTap(g, x, tap, firstRow, lastRow, left, true);
    return;
  }
  if (count < TILE_ROWS) memory.fill(left, 0, <usize>((lastRow - firstRow) * g.outWidth) * LEFT_STEP);
  for (let lane = 0; lane < count; lane++) {
    packTap(g, x, tap + lane, firstRow, lastRow, left + (<usize>lane << 2), false);
  }
}

/** One lane of `packTaps`, or all four at once where they are neighbouring channels of one filter column. */
// @ts-ignore: decorator
@inline
function packTap(
  g: Geometry, x: usize, tap: i32, firstRow: i32, lastRow: i32, left: usize, wide: bool,
): void {
  const channel = tap % g.inChannels;
  const position = tap / g.inChannels;
  const offsetHeight = position / g.filterWidth - g.padTop;
  const offsetWidth = position % g.filterWidth - g.padLeft;
  const pixelBytes = <usize>(g.strideWidth * g.inChannels) << 2;
  for (let row = firstRow; row < lastRow; row++) {
    const h = (row % g.outHeight) * g.strideHeight + offsetHeight;
    const insideRow = h >= 0 && h < g.inHeight;
    const line = (row / g.outHeight) * g.inHeight + h;
    let from = x + (<usize>((line * g.inWidth + offsetWidth) * g.inChannels + channel) << 2);
    let w = offsetWidth;
    for (let column = 0; column < g.outWidth; column++) {
      const inside = insideRow && w >= 0 && w < g.inWidth;
      if (wide) v128.store(left, inside ? v128.load(from) : f32x4.splat(0));
      else store<f32>(left, inside ? load<f32>(from) : 0);
      w += g.strideWidth;
      from += pixelBytes;
      left += LEFT_STEP;
    }
  }
}
