import {laneSum, twoDoubles} from './exact-distance';
import {TILE_I, TILE_J, addDistances} from './tile';

/** Rows on either side of a block, a multiple of both sides of a tile. */
const BLOCK: i32 = 48;
/** Bytes of a strip of columns, a multiple of 32: as float64, those of two blocks stay in the second-level cache. */
const STRIP: usize = 2048;
const SUM_STRIDE: usize = 16 * BLOCK;
const SUM_BYTES: usize = SUM_STRIDE * BLOCK;
const STRIP_BYTES: usize = 2 * STRIP * BLOCK;

/** Bytes of scratch that {@link squaredDistances} needs. */
export function distanceScratch(): usize {
  return SUM_BYTES + 2 * STRIP_BYTES;
}

/**
 * Squared Euclidean distances of all pairs i < j in float64, row after row, out[n (n - 1) / 2]; summed in the order of
 * src/metrics/squared-distances.ts, hence the same to the last bit.
 *
 * @param before - [n (n - 1) / 2][2] f64: of each pair, what columns before these have added up to at even places and at
 *   odd ones; it goes on from there and leaves it there. 0 for none.
 * @param x - [n][stride / 4] f32, readable up to a multiple of 12 rows; stride a multiple of 32.
 * @param scratch - `distanceScratch()` bytes.
 */
export function squaredDistances(
  x: usize,
  n: i32,
  stride: usize,
  before: usize,
  out: usize,
  scratch: usize,
): void {
  const rowsI = scratch + SUM_BYTES;
  const rowsJ = rowsI + STRIP_BYTES;
  for (let ib = 0; ib < n; ib += BLOCK) {
    const iEnd = min(n, ib + BLOCK);
    for (let jb = ib; jb < n; jb += BLOCK) {
      const jEnd = min(n, jb + BLOCK);
      memory.fill(scratch, 0, SUM_BYTES);
      if (before !== 0) {
        for (let i = ib; i < iEnd; i++) {
          const row = before + (pairBefore(i, n) << 4);
          const sums = scratch + <usize>(i - ib) * SUM_STRIDE;
          for (let j = max(i + 1, jb); j < jEnd; j++) {
            v128.store(sums + (<usize>(j - jb) << 4), v128.load(row + (<usize>j << 4)));
          }
        }
      }
      for (let from: usize = 0; from < stride; from += STRIP) {
        const length = min(STRIP, stride - from) << 1;
        promote(x + <usize>ib * stride + from, stride, whole(iEnd - ib), rowsI, length);
        if (jb !== ib) promote(x + <usize>jb * stride + from, stride, whole(jEnd - jb), rowsJ, length);
        const others = jb === ib ? rowsI : rowsJ;
        for (let i = ib; i < iEnd; i += TILE_I) {
          const row = rowsI + <usize>(i - ib) * length;
          for (let j = jb; j < jEnd; j += TILE_J) {
            if (j + TILE_J - 1 <= i) continue; // on or below the diagonal
            const sums = scratch + <usize>(i - ib) * SUM_STRIDE + (<usize>(j - jb) << 4);
            addDistances(row, others + <usize>(j - jb) * length, length, sums, SUM_STRIDE);
          }
        }
      }
      for (let i = ib; i < iEnd; i++) {
        const row = out + (pairBefore(i, n) << 3);
        const kept = before + (pairBefore(i, n) << 4);
        const sums = scratch + <usize>(i - ib) * SUM_STRIDE;
        for (let j = max(i + 1, jb); j < jEnd; j++) {
          const sum = v128.load(sums + (<usize>(j - jb) << 4));
          if (before !== 0) v128.store(kept + (<usize>j << 4), sum);
          store<f64>(row + (<usize>j << 3), laneSum(sum));
        }
      }
    }
  }
}

/** Pair (i, j) is at this + j; as it may be -1, in whole numbers that wrap around. */
// @ts-ignore: decorator
@inline
function pairBefore(i: i32, n: i32): usize {
  return <usize>(i * n - (((i + 1) * (i + 2)) >> 1));
}

/** Rows of whole tiles, of either side. */
// @ts-ignore: decorator
@inline
function whole(rows: i32): i32 {
  return ((rows + 11) / 12) * 12;
}

/** Copies a strip of some rows as float64, length bytes of each. */
function promote(x: usize, stride: usize, rows: i32, out: usize, length: usize): void {
  for (let row = 0; row < rows; row++) {
    const from = x + <usize>row * stride;
    for (let at: usize = 0; at < length; at += 16, out += 16) v128.store(out, twoDoubles(from + (at >> 1)));
  }
}
