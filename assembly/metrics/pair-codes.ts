import {exactSquaredDistance} from './exact-distance';

/**
 * Square roots in place.
 *
 * @param values - [length] f32, readable up to a multiple of 4.
 * @param ends - [2] f32: the smallest and the largest root.
 */
export function squareRoots(values: usize, length: i32, ends: usize): void {
  let lowest: f32 = Infinity;
  let highest: f32 = -Infinity;
  let low = f32x4.splat(Infinity);
  let high = f32x4.splat(-Infinity);
  const whole = length & ~3;
  let at = 0;
  for (; at < whole; at += 4) {
    const root = f32x4.sqrt(v128.load(values + (<usize>at << 2)));
    v128.store(values + (<usize>at << 2), root);
    low = f32x4.pmin(low, root);
    high = f32x4.pmax(high, root);
  }
  for (; at < length; at++) {
    const root = sqrt(load<f32>(values + (<usize>at << 2)));
    store<f32>(values + (<usize>at << 2), root);
    lowest = min(lowest, root);
    highest = max(highest, root);
  }
  lowest = min(lowest, min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)));
  lowest = min(lowest, min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)));
  highest = max(highest, max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)));
  highest = max(highest, max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3)));
  store<f32>(ends, lowest);
  store<f32>(ends, highest, 4);
}

/**
 * Smallest and largest distance in float64, from those pairs alone that may have it: out[2] f64.
 *
 * @param x - [n][stride / 4] f32, n >= 2.
 * @param distances - Of each pair, f32, in grid steps.
 * @param error - What they may be wrong by.
 * @param step - Length of a grid step.
 * @param ends - [2] f32: smallest and largest of `distances`.
 */
export function exactExtremes(
  x: usize,
  n: i32,
  stride: usize,
  distances: usize,
  error: f32,
  step: f64,
  ends: usize,
  out: usize,
): void {
  let low = load<f32>(ends) + 2 * error;
  let high = load<f32>(ends, 4) - 2 * error;
  let least: f64 = Infinity;
  let most: f64 = 0;
  let at = distances;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at += 4) {
      const distance = load<f32>(at);
      if (distance > low && distance < high) continue;
      const exact = sqrt(exactSquaredDistance(x + <usize>i * stride, x + <usize>j * stride, stride));
      if (exact < least) {
        least = exact;
        // Nothing is nearer than 0.
        low = exact === 0 ? -1 : min(low, <f32>(exact / step) + error);
      }
      if (exact > most) {
        most = exact;
        high = max(high, <f32>(exact / step) - error);
      }
    }
  }
  store<f64>(out, least);
  store<f64>(out, most, 8);
}

/**
 * Bins of distances on the grid by the rule of src/metrics/bin-rule.ts, as far as they are sure: codes[pairs] of bytes.
 *
 * @param distances - [pairs] f32, readable up to a multiple of 16, as is `codes`.
 * @param lo - Lower end of the range.
 * @param perStep - Bins per grid step, 0 where everything goes to bin 0.
 * @param error - What a position may be wrong by, in bins.
 * @param doubtful - [pairs] i32: the pairs so near to an edge that they may lie on the other side.
 * @returns How many these are.
 */
export function gridCodes(
  distances: usize,
  pairs: i32,
  lo: f32,
  perStep: f32,
  error: f32,
  bins: i32,
  codes: usize,
  doubtful: usize,
): i32 {
  const low = f32x4.splat(lo);
  const scale = f32x4.splat(perStep);
  const slack = f32x4.splat(error);
  const last = f32x4.splat(<f32>(bins - 1));
  let found = doubtful;
  for (let pair = 0; pair < pairs; pair += 16) {
    const at = distances + (<usize>pair << 2);
    const p0 = f32x4.mul(f32x4.sub(v128.load(at), low), scale);
    const p1 = f32x4.mul(f32x4.sub(v128.load(at, 16), low), scale);
    const p2 = f32x4.mul(f32x4.sub(v128.load(at, 32), low), scale);
    const p3 = f32x4.mul(f32x4.sub(v128.load(at, 48), low), scale);
    const lowest = bytes(
      binOf(f32x4.sub(p0, slack), last),
      binOf(f32x4.sub(p1, slack), last),
      binOf(f32x4.sub(p2, slack), last),
      binOf(f32x4.sub(p3, slack), last),
    );
    const highest = bytes(
      binOf(f32x4.add(p0, slack), last),
      binOf(f32x4.add(p1, slack), last),
      binOf(f32x4.add(p2, slack), last),
      binOf(f32x4.add(p3, slack), last),
    );
    v128.store(codes + <usize>pair, lowest);
    let mask = i8x16.bitmask(i8x16.ne(lowest, highest));
    if (pairs - pair < 16) mask &= (1 << (pairs - pair)) - 1;
    for (; mask !== 0; mask &= mask - 1, found += 4) store<i32>(found, pair + ctz(mask));
  }
  return <i32>((found - doubtful) >> 2);
}

// @ts-ignore: decorator
@inline
function binOf(position: v128, last: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.pmax(f32x4.splat(0), f32x4.pmin(position, last)));
}

// @ts-ignore: decorator
@inline
function bytes(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/**
 * The bins of doubtful pairs, in float64.
 *
 * @param doubtful - [count] i32, ascending.
 * @param width - Extent of the range, Infinity where everything goes to bin 0.
 */
export function exactCodes(
  x: usize,
  n: i32,
  stride: usize,
  doubtful: usize,
  count: i32,
  lo: f64,
  width: f64,
  bins: i32,
  codes: usize,
): void {
  let i = 0;
  let rowEnd = n - 1; // of the pairs of row i
  for (let d = 0; d < count; d++) {
    const pair = load<i32>(doubtful + (<usize>d << 2));
    while (pair >= rowEnd) {
      i++;
      rowEnd += n - 1 - i;
    }
    const j = n - (rowEnd - pair);
    const distance = sqrt(exactSquaredDistance(x + <usize>i * stride, x + <usize>j * stride, stride));
    // The quotient first: a factor bins / width would round values on an edge into the bin below.
    const position = ((distance - lo) / width) * <f64>bins;
    const bin = position >= <f64>(bins - 1) ? bins - 1 : position > 0 ? <i32>position : 0;
    store<u8>(codes + <usize>pair, bin);
  }
}

/**
 * Pairs in each bin.
 *
 * @param counts - [2][bins] u32, added to: two neighbours often go to the same bin, so they take turns.
 */
export function countCodes(codes: usize, pairs: i32, bins: i32, counts: usize): void {
  const second = counts + (<usize>bins << 2);
  for (let pair = 0; pair < pairs; pair++) {
    const count = (pair & 1 ? second : counts) + (<usize>load<u8>(codes + <usize>pair) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
}
