/**
 * Rows rounded to a grid of int16: twice as many lanes as float32, and sums of products that are exact. How far a row
 * lies from its grid point is kept beside it, so that a distance on the grid bounds the true one on both sides.
 */

/** Rounding in float32 on the way to a grid point, and from a squared distance back to a distance; in grid steps. */
const SLACK: f32 = 0.05;

/**
 * A centre of the rows, centre[stride / 4] f32, by which they become small numbers: the mean of each column, exactly its
 * value where it has only one.
 *
 * @param x - [n][stride / 4] f32, finite, n >= 1; stride a multiple of 32.
 * @param extents - Scratch, 2 * stride bytes.
 * @returns The largest distance of a row from it; where its square is too small for float32, the widest column. 0 says
 *   that all rows are equal.
 */
export function center(x: usize, n: i32, stride: usize, centre: usize, extents: usize): f32 {
  memory.copy(extents, x, stride);
  memory.copy(extents + stride, x, stride);
  memory.fill(centre, 0, stride);
  for (let row = 0; row < n; row++) {
    const from = x + <usize>row * stride;
    for (let at: usize = 0; at < stride; at += 16) {
      const value = v128.load(from + at);
      const lowest = extents + at;
      const highest = lowest + stride;
      v128.store(centre + at, f32x4.add(v128.load(centre + at), value));
      v128.store(lowest, f32x4.pmin(v128.load(lowest), value));
      v128.store(highest, f32x4.pmax(v128.load(highest), value));
    }
  }
  const share = f32x4.splat(<f32>1 / <f32>n);
  for (let at: usize = 0; at < stride; at += 16) {
    const mean = f32x4.mul(v128.load(centre + at), share);
    const within = f32x4.max(v128.load(extents + at), f32x4.min(v128.load(extents + stride + at), mean));
    v128.store(centre + at, within);
  }
  const farthest = radius(x, n, stride, centre);
  return farthest > 0 ? farthest : widest(extents, stride);
}

function widest(extents: usize, stride: usize): f32 {
  let width: f32 = 0;
  for (let at: usize = 0; at < stride; at += 4) {
    width = max(width, load<f32>(extents + stride + at) - load<f32>(extents + at));
  }
  return width;
}

function radius(x: usize, n: i32, stride: usize, centre: usize): f32 {
  let farthest: f32 = 0;
  for (let row = 0; row < n; row++) {
    const from = x + <usize>row * stride;
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < stride; at += 16) {
      const offset = f32x4.sub(v128.load(from + at), v128.load(centre + at));
      sum = f32x4.add(sum, f32x4.mul(offset, offset));
    }
    farthest = max(farthest, laneSum(sum));
  }
  return sqrt(farthest);
}

/**
 * Rounds rows to the grid: points[n][stride / 4] i16.
 *
 * @param perUnit - Grid steps per unit, such that no two points are 2^16 steps apart.
 * @param strip - Bytes of a row of `points` that a sum of squares covers, a multiple of 16.
 * @param norms - [strips][normRows] i32: sums of squares of the first strip, the first two, ..., of all.
 * @returns The largest distance, in steps, between a row and its grid point, with room for rounding.
 */
export function roundRows(
  x: usize,
  n: i32,
  stride: usize,
  centre: usize,
  perUnit: f32,
  points: usize,
  strip: usize,
  norms: usize,
  normRows: i32,
): f32 {
  const scale = f32x4.splat(perUnit);
  let farthest: f32 = 0;
  for (let row = 0; row < n; row++) {
    const from = x + <usize>row * stride;
    const to = points + <usize>row * (stride >> 1);
    let norm = norms + (<usize>row << 2);
    let squares = i32x4.splat(0);
    let residual = f32x4.splat(0);
    let stripEnd = strip;
    for (let at: usize = 0; at < stride; at += 32) {
      const low = f32x4.mul(f32x4.sub(v128.load(from + at), v128.load(centre + at)), scale);
      const high = f32x4.mul(f32x4.sub(v128.load(from + at, 16), v128.load(centre + at, 16)), scale);
      const lowPoint = f32x4.nearest(low);
      const highPoint = f32x4.nearest(high);
      const point = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(lowPoint), i32x4.trunc_sat_f32x4_s(highPoint));
      v128.store(to + (at >> 1), point);
      squares = i32x4.add(squares, i32x4.dot_i16x8_s(point, point));
      const lowOff = f32x4.sub(low, lowPoint);
      const highOff = f32x4.sub(high, highPoint);
      residual = f32x4.add(residual, f32x4.add(f32x4.mul(lowOff, lowOff), f32x4.mul(highOff, highOff)));
      const done = (at >> 1) + 16;
      if (done === stripEnd || done === stride >> 1) {
        store<i32>(norm, integerSum(squares));
        norm += <usize>normRows << 2;
        stripEnd += strip;
      }
    }
    farthest = max(farthest, laneSum(residual));
  }
  return sqrt(farthest) * <f32>1.001 + SLACK;
}

// @ts-ignore: decorator
@inline
function laneSum(sum: v128): f32 {
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

// @ts-ignore: decorator
@inline
function integerSum(sum: v128): i32 {
  return i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
}
