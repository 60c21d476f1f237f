import {Geometry} from './geometry';

/**
 * dx of a max pooling: the whole dy of a window goes to its first maximum in row-major order, as on the cpu backend.
 * A NaN never wins; a window of NaNs alone passes nothing on.
 */
export function maxPoolGrad(g: Geometry, x: usize, dy: usize, dx: usize): void {
  const channels = g.inChannels;
  const wideChannels = channels & ~3;
  memory.fill(dx, 0, <usize>(g.batch * g.inHeight * g.inWidth * channels) << 2);
  for (let image = 0; image < g.batch; image++) {
    const firstLine = image * g.inHeight;
    for (let row = 0; row < g.outHeight; row++) {
      const top = row * g.strideHeight - g.padTop;
      const hStart = firstLine + max(0, top);
      const hEnd = firstLine + min(g.inHeight, top + g.filterHeight);
      for (let column = 0; column < g.outWidth; column++) {
        const start = column * g.strideWidth - g.padLeft;
        const wStart = max(0, start);
        const wEnd = min(g.inWidth, start + g.filterWidth);
        let channel = 0;
        for (; channel < wideChannels; channel += 4) {
          giveToMaxima(g, x, dx, v128.load(dy), channel, hStart, hEnd, wStart, wEnd);
          dy += 16;
        }
        for (; channel < channels; channel++) {
          giveToMaximum(g, x, dx, load<f32>(dy), channel, hStart, hEnd, wStart, wEnd);
          dy += 4;
        }
      }
    }
  }
}

/** Four neighbouring channels of one window. */
// @ts-ignore: decorator
@inline
function giveToMaxima(
  g: Geometry, x: usize, dx: usize, dy: v128, channel: i32, hStart: i32, hEnd: i32, wStart: i32, wEnd: i32,
): void {
  let largest = f32x4.splat(-Infinity);
  let index = i32x4.splat(-1);
  for (let h = hStart; h < hEnd; h++) {
    let i = (h * g.inWidth + wStart) * g.inChannels + channel;
    for (let w = wStart; w < wEnd; w++) {
      const value = v128.load(x + (<usize>i << 2));
      const larger = f32x4.gt(value, largest);
      largest = v128.bitselect(value, largest, larger);
      index = v128.bitselect(i32x4.splat(i), index, larger);
      i += g.inChannels;
    }
  }
  addAt(dx, i32x4.extract_lane(index, 0), 0, f32x4.extract_lane(dy, 0));
  addAt(dx, i32x4.extract_lane(index, 1), 1, f32x4.extract_lane(dy, 1));
  addAt(dx, i32x4.extract_lane(index, 2), 2, f32x4.extract_lane(dy, 2));
  addAt(dx, i32x4.extract_lane(index, 3), 3, f32x4.extract_lane(dy, 3));
}

/** One channel of one window. */
// @ts-ignore: decorator
@inline
function giveToMaximum(
  g: Geometry, x: usize, dx: usize, dy: f32, channel: i32, hStart: i32, hEnd: i32, wStart: i32, wEnd: i32,
): void {
  let largest: f32 = -Infinity;
  let index = -1;
  for (let h = hStart; h < hEnd; h++) {
    for (let w = wStart; w < wEnd; w++) {
      const i = (h * g.inWidth + w) * g.inChannels + channel;
      const value = load<f32>(x + (<usize>i << 2));
      if (value > largest) {
        largest = value;
        index = i;
      }
    }
  }
  addAt(dx, index, 0, dy);
}

// @ts-ignore: decorator
@inline
function addAt(dx: usize, index: i32, lane: i32, value: f32): void {
  if (index < 0) return;
  const at = dx + (<usize>(index + lane) << 2);
  store<f32>(at, load<f32>(at) + value);
}
