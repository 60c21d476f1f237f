import {gridTile} from './grid-tile';
import {TILE_I, TILE_J} from './tile';

/** Rows on either side of a block, a multiple of both sides of a tile: its rows stay in the cache. */
const BLOCK: i32 = 60;

/**
 * Squared distances of all pairs i < j of grid points (see grid.ts) in grid steps, row after row, out[n (n - 1) / 2] f32.
 *
 * @param points - [n][stride / 2] i16, readable up to a multiple of 12 rows, as are `norms`.
 * @param tile - 48 bytes of scratch.
 */
export function gridDistances(points: usize, norms: usize, n: i32, stride: usize, out: usize, tile: usize): void {
  for (let ib = 0; ib < n; ib += BLOCK) {
    const iEnd = min(n, ib + BLOCK);
    for (let jb = ib; jb < n; jb += BLOCK) {
      const jEnd = min(n, jb + BLOCK);
      for (let i = ib; i < iEnd; i += TILE_I) {
        for (let j = jb; j < jEnd; j += TILE_J) {
          if (j + TILE_J - 1 <= i) continue; // on or below the diagonal
          gridTile(points, stride, norms, i, j, tile, 16);
          const rows = min(TILE_I, iEnd - i);
          for (let r = 0; r < rows; r++) storeRow(out, n, i + r, j, jEnd, v128.load(tile + <usize>(r << 4)));
        }
      }
    }
  }
}

/** Puts four distances of row i, to j, j + 1, ..., in their places; those not above the diagonal have none. */
// @ts-ignore: decorator
@inline
function storeRow(out: usize, n: i32, i: i32, j: i32, jEnd: i32, distances: v128): void {
  // Pair (i, j) is at i n - (i + 1) (i + 2) / 2 + j.
  const at = out + (<usize>(i * n - (((i + 1) * (i + 2)) >> 1) + j) << 2);
  if (j > i && j + TILE_J <= jEnd) {
    v128.store(at, distances);
    return;
  }
  if (j > i) store<f32>(at, f32x4.extract_lane(distances, 0));
  if (j + 1 > i && j + 1 < jEnd) store<f32>(at, f32x4.extract_lane(distances, 1), 4);
  if (j + 2 > i && j + 2 < jEnd) store<f32>(at, f32x4.extract_lane(distances, 2), 8);
  if (j + 3 > i && j + 3 < jEnd) store<f32>(at, f32x4.extract_lane(distances, 3), 12);
}
