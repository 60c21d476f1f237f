import {SCRATCH, SCRATCH_BYTES} from './scratch';

/** Bytes of one of the four tables that take turns. */
const TABLE: usize = SCRATCH_BYTES / 4;

/**
 * Joint counts of two channels' codes, counts[1 << shift][1 << shift] u32, rows the first channel.
 *
 * Consecutive pairs often fall in the same cell, and a count that was just stored must be waited for: up to 32 bins they
 * take turns among four tables, which are added up.
 *
 * @param shift - log2 of the row length, at least log2(bins).
 */
export function jointHistogram(a: usize, b: usize, pairs: i32, shift: i32, counts: usize): void {
  const cells = <usize>1 << (2 * shift + 2);
  if (shift <= 5) countInTurns(a, b, pairs, shift, counts, cells);
  else {
    memory.fill(counts, 0, cells);
    for (let pair = 0; pair < pairs; pair++) {
      const cell = counts + cellOffset(a + <usize>pair, b + <usize>pair, shift);
      store<u32>(cell, load<u32>(cell) + 1);
    }
  }
}

function countInTurns(a: usize, b: usize, pairs: i32, shift: i32, counts: usize, cells: usize): void {
  memory.fill(SCRATCH, 0, SCRATCH_BYTES);
  const up = shift + 2;
  const whole = pairs & ~7;
  let pair = 0;
  for (; pair < whole; pair += 8) {
    const rows = v128.load8x8_u(a + <usize>pair);
    const columns = v128.load8x8_u(b + <usize>pair);
    const cell = v128.or(i16x8.shl(rows, up), i16x8.shl(columns, 2));
    const low = i64x2.extract_lane(cell, 0);
    const high = i64x2.extract_lane(cell, 1);
    increment0(<usize>(low & 0xffff));
    increment1(<usize>((low >> 16) & 0xffff));
    increment2(<usize>((low >> 32) & 0xffff));
    increment3(<usize>(low >>> 48));
    increment0(<usize>(high & 0xffff));
    increment1(<usize>((high >> 16) & 0xffff));
    increment2(<usize>((high >> 32) & 0xffff));
    increment3(<usize>(high >>> 48));
  }
  for (; pair < pairs; pair++) increment0(cellOffset(a + <usize>pair, b + <usize>pair, shift));
  for (let at: usize = 0; at < cells; at += 16) {
    const sum = i32x4.add(
      i32x4.add(v128.load(at, SCRATCH), v128.load(at, SCRATCH + TABLE)),
      i32x4.add(v128.load(at, SCRATCH + 2 * TABLE), v128.load(at, SCRATCH + 3 * TABLE)),
    );
    v128.store(counts + at, sum);
  }
}

// @ts-ignore: decorator
@inline
function cellOffset(a: usize, b: usize, shift: i32): usize {
  return <usize>(((<u32>load<u8>(a) << shift) | <u32>load<u8>(b)) << 2);
}

// One function a table: the address of a table must stand in the instruction, or each count costs an addition more.

// @ts-ignore: decorator
@inline
function increment0(cell: usize): void {
  store<u32>(cell, load<u32>(cell, SCRATCH) + 1, SCRATCH);
}

// @ts-ignore: decorator
@inline
function increment1(cell: usize): void {
  store<u32>(cell, load<u32>(cell, SCRATCH + TABLE) + 1, SCRATCH + TABLE);
}

// @ts-ignore: decorator
@inline
function increment2(cell: usize): void {
  store<u32>(cell, load<u32>(cell, SCRATCH + 2 * TABLE) + 1, SCRATCH + 2 * TABLE);
}

// @ts-ignore: decorator
@inline
function increment3(cell: usize): void {
  store<u32>(cell, load<u32>(cell, SCRATCH + 3 * TABLE) + 1, SCRATCH + 3 * TABLE);
}

/**
 * Joint entropy, bits, and occupied cells of one channel with each of `channels` others: entropy[channels] f64,
 * occupied[channels] u32.
 *
 * @param b - Codes of the others, [channels][pairs].
 * @param table - n log2 n for n = 0..pairs, f64.
 * @param counts - As for {@link jointHistogram}.
 */
export function jointEntropies(
  a: usize,
  b: usize,
  pairs: i32,
  channels: i32,
  shift: i32,
  table: usize,
  counts: usize,
  entropy: usize,
  occupied: usize,
): void {
  const cells = <usize>1 << (2 * shift + 2);
  const whole = load<f64>(table + (<usize>pairs << 3));
  for (let channel = 0; channel < channels; channel++) {
    jointHistogram(a, b + <usize>channel * <usize>pairs, pairs, shift, counts);
    let sum: f64 = 0;
    let filled = 0;
    for (let at: usize = 0; at < cells; at += 4) {
      const count = load<u32>(counts + at);
      if (count === 0) continue;
      sum += load<f64>(table + (<usize>count << 3));
      filled++;
    }
    store<f64>(entropy + (<usize>channel << 3), (whole - sum) / <f64>pairs);
    store<u32>(occupied + (<usize>channel << 2), filled);
  }
}
