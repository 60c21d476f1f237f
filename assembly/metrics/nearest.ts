import {TILE_I, TILE_J, distanceTileWithin} from './tile';

/** Rows on either side of a block of pairs; its distances and a good part of its rows stay in the cache. */
export const BLOCK: i32 = 96;

/**
 * Enters the pairs i < j of two blocks of rows into the neighbour lists of both: distances[n][k] f32, ascending, and
 * indices[n][k], the lower id first among equals.
 *
 * Lists start with Infinity. Those of several threads, each over some of the blocks, are merged afterwards.
 *
 * @param x - [n][stride / 4], readable up to a multiple of 12 rows. The sooner its columns tell rows apart, the sooner
 *   far pairs are given up.
 * @param ids - [n] i32: what each row is called in the lists; rows need not come in that order.
 * @param iBlock - Number of the block of rows i; jBlock that of rows j, not below it.
 * @param reach - [n + 12] f32: each row's largest distance in its list; Infinity at first, -Infinity from n on.
 * @param scratch - 96 * 96 f32.
 */
export function nearest(
  x: usize,
  ids: usize,
  n: i32,
  stride: i32,
  k: i32,
  iBlock: i32,
  jBlock: i32,
  distances: usize,
  indices: usize,
  reach: usize,
  scratch: usize,
): void {
  const s = <usize>stride;
  const ib = iBlock * BLOCK;
  const jb = jBlock * BLOCK;
  const iEnd = min(n, ib + BLOCK);
  const jEnd = min(n, jb + BLOCK);
  const rowBytes = <usize>BLOCK << 2;
  for (let j = jb; j < jEnd; j += TILE_J) {
    for (let i = ib; i < iEnd; i += TILE_I) {
      if (j + TILE_J - 1 <= i) continue;
      const at = scratch + <usize>(i - ib) * rowBytes + (<usize>(j - jb) << 2);
      distanceTileWithin(x + <usize>i * s, x + <usize>j * s, s, at, rowBytes, reach + (<usize>i << 2), reach + (<usize>j << 2));
    }
  }
  for (let i = ib; i < iEnd; i++) {
    const row = scratch + <usize>(i - ib) * rowBytes - (<usize>jb << 2);
    for (let j = jb; j < jEnd; j += TILE_J) {
      if (j + TILE_J - 1 <= i) continue;
      const distance = v128.load(row + (<usize>j << 2));
      const ofRow = v128.load32_splat(reach + (<usize>i << 2));
      const ofColumns = v128.load(reach + (<usize>j << 2));
      if (!v128.any_true(v128.or(f32x4.le(distance, ofRow), f32x4.le(distance, ofColumns)))) continue;
      enterPair(ids, i, j, jEnd, f32x4.extract_lane(distance, 0), k, distances, indices, reach);
      enterPair(ids, i, j + 1, jEnd, f32x4.extract_lane(distance, 1), k, distances, indices, reach);
      enterPair(ids, i, j + 2, jEnd, f32x4.extract_lane(distance, 2), k, distances, indices, reach);
      enterPair(ids, i, j + 3, jEnd, f32x4.extract_lane(distance, 3), k, distances, indices, reach);
    }
  }
}

function enterPair(ids: usize, i: i32, j: i32, jEnd: i32, distance: f32, k: i32, distances: usize, indices: usize, reach: usize): void {
  if (j <= i || j >= jEnd) return;
  if (distance <= load<f32>(reach + (<usize>i << 2))) enter(i, load<i32>(ids + (<usize>j << 2)), distance, k, distances, indices, reach);
  if (distance <= load<f32>(reach + (<usize>j << 2))) enter(j, load<i32>(ids + (<usize>i << 2)), distance, k, distances, indices, reach);
}

/** Puts a neighbour in its place in a row's list, unless the list is full of nearer ones or of equals with a lower id. */
function enter(row: i32, neighbor: i32, distance: f32, k: i32, distances: usize, indices: usize, reach: usize): void {
  const D = distances + (<usize>(row * k) << 2);
  const I = indices + (<usize>(row * k) << 2);
  const end = <usize>(k - 1) << 2;
  if (distance === load<f32>(D + end) && neighbor > load<i32>(I + end)) return;
  let slot = end;
  while (slot > 0) {
    const before = load<f32>(D + slot - 4);
    if (before < distance || (before === distance && load<i32>(I + slot - 4) < neighbor)) break;
    store<f32>(D + slot, before);
    store<i32>(I + slot, load<i32>(I + slot - 4));
    slot -= 4;
  }
  store<f32>(D + slot, distance);
  store<i32>(I + slot, neighbor);
  store<f32>(reach + (<usize>row << 2), load<f32>(D + end));
}

/**
 * Squared distances of a row to some others in float64: out[count]. Candidates that float32 found are put in order by
 * them.
 */
export function refine(x: usize, stride: i32, row: i32, candidates: usize, count: i32, out: usize): void {
  const s = <usize>stride;
  const a = x + <usize>row * s;
  for (let c = 0; c < count; c++) {
    const b = x + <usize>load<i32>(candidates + (<usize>c << 2)) * s;
    let low = f64x2.splat(0);
    let high = low;
    for (let at: usize = 0; at < s; at += 16) {
      const p = v128.load(a + at);
      const q = v128.load(b + at);
      const lower = f64x2.sub(f64x2.promote_low_f32x4(p), f64x2.promote_low_f32x4(q));
      const upper = f64x2.sub(
        f64x2.promote_low_f32x4(v128.shuffle<f32>(p, p, 2, 3, 2, 3)),
        f64x2.promote_low_f32x4(v128.shuffle<f32>(q, q, 2, 3, 2, 3)),
      );
      low = f64x2.add(low, f64x2.mul(lower, lower));
      high = f64x2.add(high, f64x2.mul(upper, upper));
    }
    const sum = f64x2.add(low, high);
    store<f64>(out + (<usize>c << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}
