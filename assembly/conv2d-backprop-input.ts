import {Geometry} from './geometry';
import {addTileRow, LEFT_STEP, multiplyTile, RIGHT_STEP, TILE_COLS, TILE_ROWS} from './tile';

/**
 * dx[pixel at tap, ci] += sum over co of dy[pixel, co] * filter[tap, ci, co], scattered from every output pixel:
 * no product with a padding zero, and none with the zeros that a stride would put between the pixels of dy.
 *
 * @param scratch - 128 bytes of tile, then `pixelsPerBlock` (a multiple of 4) * outChannels floats,
 *   then filterHeight * filterWidth * inChannels (rounded up to 8) * outChannels floats.
 */
export function conv2dBackpropInput(
  g: Geometry, dy: usize, filter: usize, dx: usize, scratch: usize, pixelsPerBlock: i32,
): void {
  const outChannels = g.outChannels;
  const pixels = g.batch * g.outHeight * g.outWidth;
  const tile = scratch;
  const left = tile + TILE_ROWS * RIGHT_STEP;
  const right = left + (<usize>(pixelsPerBlock * outChannels) << 2);
  memory.fill(dx, 0, <usize>(g.batch * g.inHeight * g.inWidth * g.inChannels) << 2);
  packFilter(g, filter, right);

  for (let firstPixel = 0; firstPixel < pixels; firstPixel += pixelsPerBlock) {
    const lastPixel = min(firstPixel + pixelsPerBlock, pixels);
    packPixels(dy, outChannels, firstPixel, lastPixel, left);
    for (let kh = 0; kh < g.filterHeight; kh++) {
      for (let kw = 0; kw < g.filterWidth; kw++) {
        scatterTap(g, kh, kw, firstPixel, lastPixel, left, right, dx, tile);
      }
    }
  }
}

/** Adds what one filter position takes back from the pixels of a block. */
function scatterTap(
  g: Geometry, kh: i32, kw: i32, firstPixel: i32, lastPixel: i32, left: usize, right: usize, dx: usize, tile: usize,
): void {
  const inChannels = g.inChannels;
  const outChannels = g.outChannels;
  const panelBytes = <usize>outChannels * RIGHT_STEP;
  const panels = (inChannels + TILE_COLS - 1) / TILE_COLS;
  const tapPanels = right + <usize>((kh * g.filterWidth + kw) * panels) * panelBytes;
  for (let pixel = firstPixel; pixel < lastPixel; pixel += TILE_ROWS) {
    const rows = min(TILE_ROWS, lastPixel - pixel);
    const target0 = tapTarget(g, kh, kw, pixel, dx);
    const target1 = rows > 1 ? tapTarget(g, kh, kw, pixel + 1, dx) : 0;
    const target2 = rows > 2 ? tapTarget(g, kh, kw, pixel + 2, dx) : 0;
    const target3 = rows > 3 ? tapTarget(g, kh, kw, pixel + 3, dx) : 0;
    if ((target0 | target1 | target2 | target3) === 0) continue;
    const rowsLeft = left + (<usize>((pixel - firstPixel) * outChannels) << 2);
    for (let panel = 0; panel < panels; panel++) {
      multiplyTile(rowsLeft, tapPanels + <usize>panel * panelBytes, outChannels, tile);
      const ci = panel * TILE_COLS;
      const at = <usize>ci << 2;
      const columns = min(TILE_COLS, inChannels - ci);
      if (target0) addTileRow(target0 + at, tile, columns);
      if (target1) addTileRow(target1 + at, tile + RIGHT_STEP, columns);
      if (target2) addTileRow(target2 + at, tile + 2 * RIGHT_STEP, columns);
      if (target3) addTileRow(target3 + at, tile + 3 * RIGHT_STEP, columns);
    }
  }
}

/** Where in dx an output pixel meets a filter position; 0 where that is padding. */
// @ts-ignore: decorator
@inline
function tapTarget(g: Geometry, kh: i32, kw: i32, pixel: i32, dx: usize): usize {
  const row = pixel / g.outWidth;
  const h = (row % g.outHeight) * g.strideHeight - g.padTop + kh;
  const w = (pixel % g.outWidth) * g.strideWidth - g.padLeft + kw;
  if (h < 0 || h >= g.inHeight || w < 0 || w >= g.inWidth) return 0;
  const line = (row / g.outHeight) * g.inHeight + h;
  return dx + (<usize>((line * g.inWidth + w) * g.inChannels) << 2);
}

/** dy[pixel][co] of a block -> left[ceil(pixels / 4)][co][4], the last one filled up with zeros. */
function packPixels(dy: usize, outChannels: i32, firstPixel: i32, lastPixel: i32, left: usize): void {
  const groupBytes = <usize>outChannels * LEFT_STEP;
  for (let pixel = firstPixel; pixel < lastPixel; pixel += TILE_ROWS) {
    for (let lane = 0; lane < TILE_ROWS; lane++) {
      const exists = pixel + lane < lastPixel;
      let from = dy + (<usize>((pixel + lane) * outChannels) << 2);
      let to = left + (<usize>lane << 2);
      for (let co = 0; co < outChannels; co++) {
        store<f32>(to, exists ? load<f32>(from) : 0);
        from += 4;
        to += LEFT_STEP;
      }
    }
    left += groupBytes;
  }
}

/** filter[tap][ci][co] -> right[tap][ceil(inChannels / 8)][co][8], the last one filled up with zeros. */
function packFilter(g: Geometry, filter: usize, right: usize): void {
  const inChannels = g.inChannels;
  const outChannels = g.outChannels;
  const taps = g.filterHeight * g.filterWidth;
  for (let tap = 0; tap < taps; tap++) {
    for (let ci = 0; ci < inChannels; ci += TILE_COLS) {
      for (let lane = 0; lane < TILE_COLS; lane++) {
        const exists = ci + lane < inChannels;
        let from = filter + (<usize>((tap * inChannels + ci + lane) * outChannels) << 2);
        let to = right + (<usize>lane << 2);
        for (let co = 0; co < outChannels; co++) {
          store<f32>(to, exists ? load<f32>(from) : 0);
          from += 4;
          to += RIGHT_STEP;
        }
      }
      right += <usize>outChannels * RIGHT_STEP;
    }
  }
}
