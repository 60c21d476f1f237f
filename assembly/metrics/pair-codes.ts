/**
 * Bins of distances by the rule of src/metrics/bin-rule.ts, in float64: codes[pairs] of bytes.
 *
 * @param squared - [pairs] float32, readable up to an even number. They are left as they are.
 * @param lo - Lower end of the range; no distance lies outside unless it goes to an end bin.
 * @param width - Its extent, Infinity where everything goes to bin 0.
 * @param counts - [2][bins] u32, added to: two neighbours often go to the same bin, so they take turns.
 */
export function pairCodes(squared: usize, pairs: i32, lo: f64, width: f64, bins: i32, codes: usize, counts: usize): void {
  const low = f64x2.splat(lo);
  const extent = f64x2.splat(width);
  const all = f64x2.splat(<f64>bins);
  const last = i32x4.splat(bins - 1);
  const first = i32x4.splat(0);
  const second = counts + (<usize>bins << 2);
  for (let pair = 0; pair < pairs; pair += 2) {
    const distance = f64x2.sqrt(f64x2.promote_low_f32x4(v128.load64_zero(squared + (<usize>pair << 2))));
    // The quotient first: a factor bins / width would round values on an edge into the bin below.
    const position = f64x2.mul(f64x2.div(f64x2.sub(distance, low), extent), all);
    const bin = i32x4.max_s(i32x4.min_s(i32x4.trunc_sat_f64x2_s_zero(position), last), first);
    put(codes + <usize>pair, i32x4.extract_lane(bin, 0), counts);
    if (pair + 1 < pairs) put(codes + <usize>pair + 1, i32x4.extract_lane(bin, 1), second);
  }
}

// @ts-ignore: decorator
@inline
function put(code: usize, bin: i32, counts: usize): void {
  store<u8>(code, bin);
  const count = counts + (<usize>bin << 2);
  store<u32>(count, load<u32>(count) + 1);
}

/**
 * Smallest and largest of some values, none of which is NaN, to out[2] f32.
 *
 * @param x - [length] f32, length >= 1.
 */
export function extremes(x: usize, length: i32, out: usize): void {
  let lowest = v128.load32_splat(x);
  let highest = lowest;
  const whole = length & ~3;
  let at = 0;
  for (; at < whole; at += 4) {
    const values = v128.load(x + (<usize>at << 2));
    lowest = f32x4.pmin(lowest, values);
    highest = f32x4.pmax(highest, values);
  }
  for (; at < length; at++) {
    const value = v128.load32_splat(x + (<usize>at << 2));
    lowest = f32x4.pmin(lowest, value);
    highest = f32x4.pmax(highest, value);
  }
  store<f32>(
    out,
    min(
      min(f32x4.extract_lane(lowest, 0), f32x4.extract_lane(lowest, 1)),
      min(f32x4.extract_lane(lowest, 2), f32x4.extract_lane(lowest, 3)),
    ),
  );
  store<f32>(
    out,
    max(
      max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
      max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
    ),
    4,
  );
}

/**
 * Whether all values are finite.
 *
 * @param x - [length] f32, a multiple of 4 of them.
 */
export function allFinite(x: usize, length: i32): bool {
  let check = f32x4.splat(0);
  const zero = f32x4.splat(0);
  for (let at = 0; at < length; at += 4) {
    check = f32x4.add(check, f32x4.mul(v128.load(x + (<usize>at << 2)), zero)); // NaN once a value is not finite
  }
  return !v128.any_true(f32x4.ne(check, check));
}
