import {SCRATCH} from './scratch';

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

/** Steps of a position within a bin. */
const FRACTION_BITS: i32 = 12;
const FRACTION_MASK: i32 = (1 << FRACTION_BITS) - 1;
/** 2^23: added to a float32 below, it leaves that number, rounded, in the mantissa's bits. */
const MAGIC: f32 = 8388608;
const MAGIC_BITS: i32 = 0x4b000000;

/**
 * Histograms of the maps of one sample by the rule of src/metrics/bin-rule.ts, for 1 to 1024 bins. Four channels lie side by side:
 * counts[channels / 4][2^shift][4] u32. No value may lie outside its range.
 *
 * A position is computed in float32, in steps of 2^-12 of a bin, and in float64 where it comes so near to an edge that
 * rounding could have put it on the other side: the counts are those of the plain version. Maps with a value that is
 * not finite get counts of no meaning.
 *
 * @param lo - [channels] f32, as is hi: the ranges.
 * @param shift - log2 of the bins, rounded up.
 */
export function mapHistograms(
  x: usize,
  pixels: i32,
  channels: i32,
  bins: i32,
  shift: i32,
  lo: usize,
  hi: usize,
  counts: usize,
): void {
  const row = <usize>channels << 2;
  const end = x + <usize>pixels * row;
  const whole = x + <usize>(pixels & ~3) * row;
  const top = i32x4.splat(MAGIC_BITS + (bins << FRACTION_BITS) - 1);
  const mask = i32x4.splat(((1 << shift) - 1) << 4);
  for (let c: usize = 0; c < row; c += 16) {
    const low = v128.load(lo + c);
    const width = f32x4.sub(v128.load(hi + c), low);
    const steps = f32x4.splat(<f32>(bins << FRACTION_BITS));
    const scale = v128.bitselect(f32x4.div(steps, width), f32x4.splat(0), f32x4.gt(width, f32x4.splat(0)));
    memory.fill(SCRATCH, 0, <usize>16 << shift);
    let at = x + c;
    for (; at < whole; at += 4 * row) {
      const p0 = positions(at, low, scale, top);
      const p1 = positions(at + row, low, scale, top);
      const p2 = positions(at + 2 * row, low, scale, top);
      const p3 = positions(at + 3 * row, low, scale, top);
      const near = v128.or(v128.or(nearEdge(p0), nearEdge(p1)), v128.or(nearEdge(p2), nearEdge(p3)));
      if (v128.any_true(near)) {
        for (let pixel: usize = 0; pixel < 4; pixel++) countExactly(at + pixel * row, lo + c, hi + c, bins);
        continue;
      }
      count(p0, mask);
      count(p1, mask);
      count(p2, mask);
      count(p3, mask);
    }
    for (; at < end; at += row) countExactly(at, lo + c, hi + c, bins);
    memory.copy(counts + (c << <usize>shift), SCRATCH, <usize>16 << shift);
  }
}

/** Positions of four values in their ranges, in steps, above MAGIC_BITS. */
// @ts-ignore: decorator
@inline
function positions(at: usize, low: v128, scale: v128, top: v128): v128 {
  const position = f32x4.mul(f32x4.sub(v128.load(at), low), scale);
  return i32x4.min_s(f32x4.add(position, f32x4.splat(MAGIC)), top);
}

/** Whether a position is within a step of the edge between two bins; the lower end of the range is none. */
// @ts-ignore: decorator
@inline
function nearEdge(position: v128): v128 {
  const fromEdge = v128.and(i32x4.add(position, i32x4.splat(1)), i32x4.splat(FRACTION_MASK));
  return v128.and(
    i32x4.lt_s(fromEdge, i32x4.splat(3)),
    i32x4.gt_s(position, i32x4.splat(MAGIC_BITS + (FRACTION_MASK >> 1))),
  );
}

/** Counts one value of each of four channels. */
// @ts-ignore: decorator
@inline
function count(position: v128, mask: v128): void {
  const offset = v128.and(i32x4.shr_u(position, FRACTION_BITS - 4), mask);
  const low = i64x2.extract_lane(offset, 0);
  const high = i64x2.extract_lane(offset, 1);
  const first = <usize>(low & 0xffffffff);
  store<u32>(first, load<u32>(first, SCRATCH) + 1, SCRATCH);
  const second = <usize>(low >>> 32);
  store<u32>(second, load<u32>(second, SCRATCH + 4) + 1, SCRATCH + 4);
  const third = <usize>(high & 0xffffffff);
  store<u32>(third, load<u32>(third, SCRATCH + 8) + 1, SCRATCH + 8);
  const fourth = <usize>(high >>> 32);
  store<u32>(fourth, load<u32>(fourth, SCRATCH + 12) + 1, SCRATCH + 12);
}

function countExactly(at: usize, lo: usize, hi: usize, bins: i32): void {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const low = <f64>load<f32>(lo + lane);
    const width = <f64>load<f32>(hi + lane) - low;
    const position = width > 0 ? ((<f64>load<f32>(at + lane) - low) / width) * <f64>bins : 0;
    const bin = position >= <f64>(bins - 1) ? bins - 1 : position > 0 ? <i32>position : 0;
    const counted = SCRATCH + (<usize>bin << 4) + lane;
    store<u32>(counted, load<u32>(counted) + 1);
  }
}
