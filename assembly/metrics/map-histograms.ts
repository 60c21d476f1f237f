/** Bytes of a map's counts: 4 a bin. */
// @ts-ignore: decorator
@inline
function countBytes(bins: i32): usize {
  return <usize>bins << 2;
}

/**
 * Extents of the maps of one sample, x[pixels][channels] with channels a multiple of 4: min, max, zeros and bad, each
 * [channels] of f32 or u32. `bad` is not 0 where a value is not finite; then min and max are of no use.
 */
export function mapExtents(x: usize, pixels: i32, channels: i32, min: usize, max: usize, zeros: usize, bad: usize): void {
  const row = <usize>channels << 2;
  const end = x + <usize>pixels * row;
  const zero = f32x4.splat(0);
  for (let c: usize = 0; c < row; c += 16) {
    let lo = v128.load(x + c);
    let hi = lo;
    let count = zero;
    let check = zero;
    for (let at = x + c; at < end; at += row) {
      const value = v128.load(at);
      lo = f32x4.pmin(lo, value);
      hi = f32x4.pmax(hi, value);
      count = i32x4.sub(count, f32x4.eq(value, zero));
      check = f32x4.add(check, f32x4.mul(value, zero)); // NaN once a value is not finite
    }
    v128.store(min + c, lo);
    v128.store(max + c, hi);
    v128.store(zeros + c, count);
    v128.store(bad + c, f32x4.ne(check, check));
  }
}

/**
 * Histograms of the maps of one sample by the rule of src/metrics/bin-rule.ts, counts[channels][bins] u32, which must be
 * 0 at first.
 *
 * A position is computed in float32, and again in float64 where it comes so near to an edge that rounding could have put
 * it on the other side: the counts are those of the plain version.
 *
 * @param lo - [channels] f32; scale: bins / (hi - lo), 0 where there is no extent.
 */
export function mapHistograms(
  x: usize,
  pixels: i32,
  channels: i32,
  bins: i32,
  lo: usize,
  hi: usize,
  counts: usize,
): void {
  const row = <usize>channels << 2;
  const end = x + <usize>pixels * row;
  const size = countBytes(bins);
  const last = i32x4.splat(bins - 1);
  const none = i32x4.splat(0);
  const half = f32x4.splat(0.5);
  // Two roundings of 2^-24 each, of a position below `bins`, with room to spare.
  const near = f32x4.splat(0.5 - <f32>bins * 4.8e-7);
  for (let c: usize = 0; c < row; c += 16) {
    const low = v128.load(lo + c);
    const width = f32x4.sub(v128.load(hi + c), low);
    const scale = v128.bitselect(f32x4.div(f32x4.splat(<f32>bins), width), f32x4.splat(0), f32x4.gt(width, f32x4.splat(0)));
    const base = counts + (c >> 2) * size;
    for (let at = x + c; at < end; at += row) {
      const value = v128.load(at);
      const position = f32x4.mul(f32x4.sub(value, low), scale);
      const down = f32x4.floor(position);
      let bin = i32x4.max_s(i32x4.min_s(i32x4.trunc_sat_f32x4_s(down), last), none);
      // A value at the lower end is in bin 0 for sure: half of all values after a relu.
      const edge = v128.andnot(
        f32x4.gt(f32x4.abs(f32x4.sub(f32x4.sub(position, down), half)), near),
        f32x4.eq(value, low),
      );
      if (v128.any_true(edge)) bin = exactBins(value, lo + c, hi + c, bins);
      const offset = i32x4.shl(bin, 2);
      increment(base + i32x4.extract_lane(offset, 0));
      increment(base + size + i32x4.extract_lane(offset, 1));
      increment(base + 2 * size + i32x4.extract_lane(offset, 2));
      increment(base + 3 * size + i32x4.extract_lane(offset, 3));
    }
  }
}

function exactBins(value: v128, lo: usize, hi: usize, bins: i32): v128 {
  let bin = i32x4.splat(0);
  bin = i32x4.replace_lane(bin, 0, exactBin(f32x4.extract_lane(value, 0), lo, hi, bins));
  bin = i32x4.replace_lane(bin, 1, exactBin(f32x4.extract_lane(value, 1), lo + 4, hi + 4, bins));
  bin = i32x4.replace_lane(bin, 2, exactBin(f32x4.extract_lane(value, 2), lo + 8, hi + 8, bins));
  bin = i32x4.replace_lane(bin, 3, exactBin(f32x4.extract_lane(value, 3), lo + 12, hi + 12, bins));
  return bin;
}

function exactBin(value: f32, lo: usize, hi: usize, bins: i32): i32 {
  const low = <f64>load<f32>(lo);
  const width = <f64>load<f32>(hi) - low;
  if (!(width > 0)) return 0;
  const position = ((<f64>value - low) / width) * <f64>bins;
  return position >= <f64>(bins - 1) ? bins - 1 : position > 0 ? <i32>position : 0;
}

// @ts-ignore: decorator
@inline
function increment(count: usize): void {
  store<u32>(count, load<u32>(count) + 1);
}
