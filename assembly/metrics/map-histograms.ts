import {SCRATCH} from './scratch';

/** Bytes of the pixels that are gone through for all channels before the next ones: they stay in the cache. */
const STRIP_BYTES: usize = 16384;

/** Pixels of a strip, a multiple of 4. */
// @ts-ignore: decorator
@inline
function stripBytes(row: usize): usize {
  return max<usize>(1, STRIP_BYTES / row >> 2) * 4 * row;
}

/**
 * Extents of the maps of one sample, x[pixels][channels] with channels a multiple of 4: min, max, zeros and bad, each
 * [channels] of f32 or u32. `bad` is not 0 where a value is not finite; then min and max are of no use.
 */
export function mapExtents(x: usize, pixels: i32, channels: i32, min: usize, max: usize, zeros: usize, bad: usize): void {
  const row = <usize>channels << 2;
  const end = x + <usize>pixels * row;
  const strip = stripBytes(row);
  const zero = f32x4.splat(0);
  memory.copy(min, x, row);
  memory.copy(max, x, row);
  memory.fill(zeros, 0, row);
  memory.fill(bad, 0, row);
  for (let from = x; from < end; from += strip) {
    const to = from + strip < end ? from + strip : end;
    for (let c: usize = 0; c < row; c += 16) {
      // Two pixels at a time, each with its own running values: one need not wait for the other.
      let lo0 = v128.load(min + c);
      let hi0 = v128.load(max + c);
      let lo1 = lo0;
      let hi1 = hi0;
      let count = v128.load(zeros + c);
      let check0 = v128.load(bad + c);
      let check1 = zero;
      let at = from + c;
      for (; at + row < to; at += 2 * row) {
        const first = v128.load(at);
        const second = v128.load(at + row);
        lo0 = f32x4.pmin(lo0, first);
        hi0 = f32x4.pmax(hi0, first);
        lo1 = f32x4.pmin(lo1, second);
        hi1 = f32x4.pmax(hi1, second);
        count = i32x4.sub(count, i32x4.add(f32x4.eq(first, zero), f32x4.eq(second, zero)));
        check0 = f32x4.add(check0, f32x4.mul(first, zero)); // NaN once a value is not finite
        check1 = f32x4.add(check1, f32x4.mul(second, zero));
      }
      if (at < to) {
        const last = v128.load(at);
        lo0 = f32x4.pmin(lo0, last);
        hi0 = f32x4.pmax(hi0, last);
        count = i32x4.sub(count, f32x4.eq(last, zero));
        check0 = f32x4.add(check0, f32x4.mul(last, zero));
      }
      v128.store(min + c, f32x4.pmin(lo0, lo1));
      v128.store(max + c, f32x4.pmax(hi0, hi1));
      v128.store(zeros + c, count);
      v128.store(bad + c, f32x4.add(check0, check1));
    }
  }
  for (let c: usize = 0; c < row; c += 16) {
    const check = v128.load(bad + c);
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
 * @param counts - Twice the room: neighbouring pixels often count in the same bin, so they take turns between two tables.
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
  const strip = stripBytes(row);
  const magic = kept(0, f32x4.splat(MAGIC));
  const top = kept(1, i32x4.splat(MAGIC_BITS + (bins << FRACTION_BITS) - 1));
  const bottom = kept(2, i32x4.splat(MAGIC_BITS + 2)); // the lower end of a range is no edge
  const one = kept(3, i32x4.splat(1));
  const fraction = kept(4, i32x4.splat(FRACTION_MASK));
  const three = kept(5, i32x4.splat(3));
  const mask = kept(6, i32x4.splat(((1 << shift) - 1) << 4));
  const table = row << <usize>shift;
  memory.fill(counts, 0, 2 * table);
  for (let from = x; from < end; from += strip) {
    const to = min(from + strip, end);
    for (let c: usize = 0; c < row; c += 16) {
      const low = v128.load(lo + c);
      const width = f32x4.sub(v128.load(hi + c), low);
      const steps = f32x4.splat(<f32>(bins << FRACTION_BITS));
      const scale = v128.bitselect(f32x4.div(steps, width), f32x4.splat(0), f32x4.gt(width, f32x4.splat(0)));
      const own = counts + (c << <usize>shift);
      const even = kept(7, i32x4.add(i32x4.splat(<i32>own), i32x4(0, 4, 8, 12)));
      const odd = kept(8, i32x4.add(even, i32x4.splat(<i32>table)));
      let at = from + c;
      for (; at + 3 * row < to; at += 4 * row) {
        const p0 = positions(at, low, scale, magic, bottom, top);
        const p1 = positions(at + row, low, scale, magic, bottom, top);
        const p2 = positions(at + 2 * row, low, scale, magic, bottom, top);
        const p3 = positions(at + 3 * row, low, scale, magic, bottom, top);
        // Steps above the last edge, plus 1: below 3 within a step of an edge.
        const near = i32x4.min_u(
          i32x4.min_u(v128.and(i32x4.add(p0, one), fraction), v128.and(i32x4.add(p1, one), fraction)),
          i32x4.min_u(v128.and(i32x4.add(p2, one), fraction), v128.and(i32x4.add(p3, one), fraction)),
        );
        if (v128.any_true(i32x4.lt_s(near, three))) {
          for (let pixel: usize = 0; pixel < 4; pixel++) countExactly(at + pixel * row, lo + c, hi + c, bins, own);
          continue;
        }
        place(0, p0, mask, even);
        place(1, p1, mask, odd);
        place(2, p2, mask, even);
        place(3, p3, mask, odd);
        countPlaced(0);
        countPlaced(1);
        countPlaced(2);
        countPlaced(3);
      }
      for (; at < to; at += row) countExactly(at, lo + c, hi + c, bins, own);
    }
  }
  for (let at: usize = 0; at < table; at += 16) {
    v128.store(counts + at, i32x4.add(v128.load(counts + at), v128.load(counts + table + at)));
  }
}

/**
 * A vector that is read from memory: the engine would make one that it knows anew in every turn of the loop, which takes
 * three instructions.
 */
// @ts-ignore: decorator
@inline
function kept(slot: usize, value: v128): v128 {
  v128.store(SCRATCH + 16 * slot, value);
  return v128.load(SCRATCH + 16 * slot);
}

/** Positions of four values in their ranges, in steps, above MAGIC_BITS. */
// @ts-ignore: decorator
@inline
function positions(at: usize, low: v128, scale: v128, magic: v128, bottom: v128, top: v128): v128 {
  const position = f32x4.mul(f32x4.sub(v128.load(at), low), scale);
  return i32x4.max_s(i32x4.min_s(f32x4.add(position, magic), top), bottom);
}

/** Where the addresses of the counts of four pixels lie for a moment. */
const PLACES: usize = SCRATCH + 1024;

/**
 * Puts down the addresses of the counts of one value of each of four channels.
 *
 * @param tables - Where the channels' tables begin.
 */
// @ts-ignore: decorator
@inline
function place(pixel: usize, position: v128, mask: v128, tables: v128): void {
  const bin = v128.and(i32x4.shr_u(position, FRACTION_BITS - 4), mask);
  v128.store(PLACES + 16 * pixel, i32x4.add(bin, tables));
}

// @ts-ignore: decorator
@inline
function countPlaced(pixel: usize): void {
  increment(load<usize>(PLACES + 16 * pixel));
  increment(load<usize>(PLACES + 16 * pixel, 4));
  increment(load<usize>(PLACES + 16 * pixel, 8));
  increment(load<usize>(PLACES + 16 * pixel, 12));
}

// @ts-ignore: decorator
@inline
function increment(counted: usize): void {
  store<u32>(counted, load<u32>(counted) + 1);
}

function countExactly(at: usize, lo: usize, hi: usize, bins: i32, table: usize): void {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const low = <f64>load<f32>(lo + lane);
    const width = <f64>load<f32>(hi + lane) - low;
    const position = width > 0 ? ((<f64>load<f32>(at + lane) - low) / width) * <f64>bins : 0;
    const bin = position >= <f64>(bins - 1) ? bins - 1 : position > 0 ? <i32>position : 0;
    increment(table + (<usize>bin << 4) + lane);
  }
}

/**
 * Entropy of each of the histograms that {@link mapHistograms} made, bits: entropy[channels] f64.
 *
 * @param table - n log2 n for n = 0..pixels, f64.
 */
export function histogramEntropies(
  counts: usize,
  channels: i32,
  bins: i32,
  shift: i32,
  table: usize,
  pixels: i32,
  entropy: usize,
): void {
  const whole = load<f64>(table + (<usize>pixels << 3));
  for (let channel = 0; channel < channels; channel += 4) {
    let at = counts + (<usize>channel << <usize>(shift + 2));
    let sum0: f64 = 0;
    let sum1: f64 = 0;
    let sum2: f64 = 0;
    let sum3: f64 = 0;
    for (const end = at + (<usize>bins << 4); at < end; at += 16) {
      sum0 += load<f64>(table + (load<usize>(at) << 3));
      sum1 += load<f64>(table + (load<usize>(at, 4) << 3));
      sum2 += load<f64>(table + (load<usize>(at, 8) << 3));
      sum3 += load<f64>(table + (load<usize>(at, 12) << 3));
    }
    const to = entropy + (<usize>channel << 3);
    store<f64>(to, (whole - sum0) / <f64>pixels);
    store<f64>(to, (whole - sum1) / <f64>pixels, 8);
    store<f64>(to, (whole - sum2) / <f64>pixels, 16);
    store<f64>(to, (whole - sum3) / <f64>pixels, 24);
  }
}
