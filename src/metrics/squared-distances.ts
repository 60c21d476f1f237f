import {pairIndex} from './pair-index.js';

/** Rows on each side of a tile, the pairs whose sums fit in registers together. {@link addTile} is written for 3. */
const TILE = 3;
/** Rows on each side of a block, a multiple of TILE: its sums and a strip of its rows stay in the cache. */
const BLOCK = 48;
/** Features per strip. */
const STRIP = 512;

/** Some rows of a row-major matrix. */
export interface Rows {
  x: Float32Array;
  features: number;
  /** Rows to use, by index; a row may be left out or come twice. */
  rows: ArrayLike<number>;
}

/** A set of points whose pairwise distances can be gone through: rows of a matrix, or distances computed before. */
export interface Pairs {
  /** Points. */
  n: number;
  forEachSquaredDistance(visit: PairVisitor): void;
}

/** The pairs of some rows, their distances computed while they are gone through. */
export function pairsOfRows(rows: Rows): Pairs {
  return {n: rows.rows.length, forEachSquaredDistance: visit => forEachSquaredDistance(rows, visit)};
}

/**
 * Called for each pair of positions i < j in `rows`. For any one position, its partners arrive in ascending order, on
 * whichever side of the pair it stands.
 */
export type PairVisitor = (i: number, j: number, squaredDistance: number) => void;

/** Squared distances of all pairs i < j of some rows, row after row, in a new array: [n (n - 1) / 2]. */
export type SquaredDistances = (rows: Rows) => Float64Array | Float32Array;

/** The plain version, in float64: the reference. */
export const squaredDistances: SquaredDistances = rows => {
  const n = rows.rows.length;
  const squared = new Float64Array((n * (n - 1)) / 2);
  forEachSquaredDistance(rows, (i, j, distance) => {
    squared[pairIndex(i, j, n)] = distance;
  });
  return squared;
};

/**
 * Squared Euclidean distance of every unordered pair of rows, each once.
 *
 * Differences are taken directly, in float64: `|a|^2 + |b|^2 - 2ab` needs fewer operations, but near-duplicates
 * far from the origin lose all their digits in it. The sum runs over the features in order. Rows are taken in blocks
 * and features in strips, so that values are read from the cache.
 */
export function forEachSquaredDistance({x, features, rows}: Rows, visit: PairVisitor): void {
  const n = rows.length;
  const offsets = tileOffsets(rows, features);
  const starts = new Int32Array(2 * TILE);
  const sums = new Float64Array(BLOCK * BLOCK);
  for (let iStart = 0; iStart < n; iStart += BLOCK) {
    const iEnd = Math.min(n, iStart + BLOCK);
    for (let jStart = iStart; jStart < n; jStart += BLOCK) {
      const jEnd = Math.min(n, jStart + BLOCK);
      sums.fill(0);
      for (let feature = 0; feature < features; feature += STRIP) {
        const length = Math.min(STRIP, features - feature);
        for (let i = iStart; i < iEnd; i += TILE) {
          for (let t = 0; t < TILE; t++) starts[t] = offsets[i + t] + feature;
          // On the diagonal only j >= i is read.
          for (let j = Math.max(i, jStart); j < jEnd; j += TILE) {
            for (let t = 0; t < TILE; t++) starts[TILE + t] = offsets[j + t] + feature;
            addTile(x, starts, length, sums, (i - iStart) * BLOCK + (j - jStart));
          }
        }
      }
      for (let i = iStart; i < iEnd; i++) {
        const row = (i - iStart) * BLOCK - jStart;
        for (let j = Math.max(i + 1, jStart); j < jEnd; j++) visit(i, j, sums[row + j]);
      }
    }
  }
}

/** Where each row begins in `x`; the last one is repeated, so that every tile is whole. */
function tileOffsets(rows: ArrayLike<number>, features: number): Int32Array {
  const offsets = new Int32Array(rows.length + TILE - 1);
  for (let i = 0; i < offsets.length; i++) offsets[i] = rows[Math.min(i, rows.length - 1)] * features;
  return offsets;
}

/**
 * Adds one strip's share to the nine sums of a tile. The sums live in local variables, hence in registers, which is
 * why this is not a loop over the tile.
 *
 * @param starts - Where the strip begins in the tile's three rows i and three rows j.
 * @param at - Index in `sums` of the tile's first pair.
 */
function addTile(x: Float32Array, starts: Int32Array, length: number, sums: Float64Array, at: number): void {
  const [i0, i1, i2] = [starts[0], starts[1], starts[2]];
  const [j0, j1, j2] = [starts[3], starts[4], starts[5]];
  const row0 = at;
  const row1 = at + BLOCK;
  const row2 = at + 2 * BLOCK;
  let [s00, s01, s02] = [sums[row0], sums[row0 + 1], sums[row0 + 2]];
  let [s10, s11, s12] = [sums[row1], sums[row1 + 1], sums[row1 + 2]];
  let [s20, s21, s22] = [sums[row2], sums[row2 + 1], sums[row2 + 2]];
  for (let f = 0; f < length; f++) {
    const a0 = x[i0 + f];
    const a1 = x[i1 + f];
    const a2 = x[i2 + f];
    let b = x[j0 + f];
    let d = a0 - b;
    s00 += d * d;
    d = a1 - b;
    s10 += d * d;
    d = a2 - b;
    s20 += d * d;
    b = x[j1 + f];
    d = a0 - b;
    s01 += d * d;
    d = a1 - b;
    s11 += d * d;
    d = a2 - b;
    s21 += d * d;
    b = x[j2 + f];
    d = a0 - b;
    s02 += d * d;
    d = a1 - b;
    s12 += d * d;
    d = a2 - b;
    s22 += d * d;
  }
  sums[row0] = s00;
  sums[row0 + 1] = s01;
  sums[row0 + 2] = s02;
  sums[row1] = s10;
  sums[row1 + 1] = s11;
  sums[row1 + 2] = s12;
  sums[row2] = s20;
  sums[row2 + 1] = s21;
  sums[row2 + 2] = s22;
}
