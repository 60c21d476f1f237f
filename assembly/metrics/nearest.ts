import {exactSquaredDistance, fourExactDistances} from './exact-distance';
import {gridTileWithin} from './grid-tile';
import {SCRATCH} from './scratch';
import {TILE_I, TILE_J} from './tile';

/** Rows on either side of a block of pairs; its distances and a good part of its rows stay in the cache. */
export const BLOCK: i32 = 96;

/**
 * Enters the pairs i < j of two blocks of rows into the neighbour lists of both: distances[n][k] f32, ascending, squared
 * in grid steps, and indices[n][k], the lower id first among equals.
 *
 * Lists start with Infinity. Those of several threads, each over some of the blocks, are merged afterwards.
 *
 * @param points - [n][stride / 2] i16, readable up to a multiple of 12 rows. The sooner their columns tell rows apart,
 *   the sooner far pairs are given up.
 * @param norms - Their sums of squares (see grid.ts), [strips][normBytes / 4].
 * @param ids - [n] i32: what each row is called in the lists; rows need not come in that order.
 * @param iBlock - Number of the block of rows i; jBlock that of rows j, not below it.
 * @param reach - [n + 12] f32: each row's largest distance in its list; Infinity at first, -Infinity from n on.
 * @param scratch - 96 * 96 f32.
 * @param strip - Bytes of a strip of columns, a multiple of 16: after each, pairs may be given up.
 */
export function nearest(
  points: usize,
  norms: usize,
  normBytes: usize,
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
  strip: usize,
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
      gridTileWithin(points, s, norms, normBytes, strip, i, j, at, rowBytes, reach);
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
  if (distance <= load<f32>(reach + (<usize>i << 2))) enterRow(i, load<i32>(ids + (<usize>j << 2)), distance, k, distances, indices, reach);
  if (distance <= load<f32>(reach + (<usize>j << 2))) enterRow(j, load<i32>(ids + (<usize>i << 2)), distance, k, distances, indices, reach);
}

function enterRow(row: i32, neighbor: i32, distance: f32, k: i32, distances: usize, indices: usize, reach: usize): void {
  const first = <usize>(row * k) << 2;
  enter<f32>(neighbor, distance, k, distances + first, indices + first);
  store<f32>(reach + (<usize>row << 2), load<f32>(distances + first + (<usize>(k - 1) << 2)));
}

/** Puts a neighbour in its place in a list of k, unless that is full of nearer ones or of equals with a lower id. */
function enter<T>(neighbor: i32, distance: T, k: i32, distances: usize, indices: usize): void {
  let slot = k;
  while (slot > 0) {
    const before = load<T>(distances + <usize>(slot - 1) * sizeof<T>());
    const id = load<i32>(indices + (<usize>(slot - 1) << 2));
    if (before < distance || (before === distance && id < neighbor)) break;
    slot--;
    if (slot + 1 === k) continue; // the last one falls out
    store<T>(distances + <usize>(slot + 1) * sizeof<T>(), before);
    store<i32>(indices + (<usize>(slot + 1) << 2), id);
  }
  if (slot === k) return;
  store<T>(distances + <usize>slot * sizeof<T>(), distance);
  store<i32>(indices + (<usize>slot << 2), neighbor);
}

/**
 * The k nearest of a row among some candidates by squared distances in float64: distances[k] f64 and indices[k], the
 * lower index first among equals.
 *
 * @param x - [][stride / 4] f32.
 * @param candidates - [count] i32, count >= k, by their distance on the grid.
 * @param bounds - [count] f64, ascending: what the square of their true distance is at least.
 * @returns Whether a candidate is sure to be farther than the k-th, and hence all after it and all that are none.
 */
export function nearestCandidates(
  x: usize,
  stride: usize,
  row: i32,
  candidates: usize,
  bounds: usize,
  count: i32,
  k: i32,
  distances: usize,
  indices: usize,
): bool {
  clear(k, distances, indices);
  const last = distances + (<usize>(k - 1) << 3);
  const from = x + <usize>row * stride;
  for (let c = 0; c < count; c++) {
    if (load<f64>(bounds + (<usize>c << 3)) > load<f64>(last)) return true;
    const four = c & 3;
    if (four === 0) {
      for (let i = 0; i < 4; i++) {
        const other = load<i32>(candidates + (<usize>min(c + i, count - 1) << 2));
        store<usize>(OTHERS + (<usize>i << 2), x + <usize>other * stride);
      }
      fourExactDistances(from, OTHERS, stride, FOUR);
    }
    const distance = load<f64>(FOUR + (<usize>four << 3));
    enter<f64>(load<i32>(candidates + (<usize>c << 2)), distance, k, distances, indices);
  }
  return false;
}

/** Where four rows begin, and their distances, for a moment. */
const OTHERS: usize = SCRATCH;
const FOUR: usize = SCRATCH + 16;

/**
 * The k nearest of a row among all others, as {@link nearestCandidates} gives them, for a row whose candidates are not
 * sure to be enough. Float64 distances are computed where float32 ones do not rule a row out.
 *
 * @param n - Rows, n > k.
 * @param distances - On entry [k - 1] is a bound for the k-th.
 */
export function nearestOfAll(x: usize, n: i32, stride: usize, row: i32, k: i32, distances: usize, indices: usize): void {
  const last = distances + (<usize>(k - 1) << 3);
  // Each addition of a float32 sum loses half a unit in the last place at most, and a square near 0 as much of its own.
  const room: f64 = 1 + (<f64>(stride >> 4) + 8) * 1.2e-7;
  const least: f64 = <f64>stride * 1e-45;
  let bound = load<f64>(last);
  clear(k, distances, indices);
  const from = x + <usize>row * stride;
  for (let other = 0; other < n; other++) {
    if (other === row) continue;
    const to = x + <usize>other * stride;
    if (<f64>squaredDistance(from, to, stride) > bound * room + least) continue;
    const exact = exactSquaredDistance(from, to, stride);
    if (exact > bound) continue;
    enter<f64>(other, exact, k, distances, indices);
    bound = min(bound, load<f64>(last));
    // Rows come in ascending order: nothing can displace k copies.
    if (load<f64>(last) === 0) return;
  }
}

function clear(k: i32, distances: usize, indices: usize): void {
  for (let slot = 0; slot < k; slot++) {
    store<f64>(distances + (<usize>slot << 3), Infinity);
    store<i32>(indices + (<usize>slot << 2), i32.MAX_VALUE);
  }
}

/** In float32. */
function squaredDistance(a: usize, b: usize, stride: usize): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  for (let at: usize = 0; at < stride; at += 32) {
    const low = f32x4.sub(v128.load(a + at), v128.load(b + at));
    const high = f32x4.sub(v128.load(a + at, 16), v128.load(b + at, 16));
    even = f32x4.add(even, f32x4.mul(low, low));
    odd = f32x4.add(odd, f32x4.mul(high, high));
  }
  const sum = f32x4.add(even, odd);
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}
