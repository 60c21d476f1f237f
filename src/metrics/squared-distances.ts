import {pairIndex} from './pair-index.js';

/** Rows on each side of a tile, the pairs whose sums fit in registers together. {@link addTile} is written for 2. */
const TILE = 2;
/** Rows on each side of a block, a multiple of TILE: its sums and a strip of its rows stay in the cache. */
const BLOCK = 48;
/** Features per strip, an even number of them. */
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
  /** True if every distance is 0, that is, all points are equal. */
  allEqual(): boolean;
}

/** The pairs of some rows, their distances computed while they are gone through. */
export function pairsOfRows(rows: Rows): Pairs {
  return {
    n: rows.rows.length,
    forEachSquaredDistance: visit => forEachSquaredDistance(rows, visit),
    allEqual: () => rowsEqual(rows),
  };
}

/** Checks whether all rows are equal; 0 and -0 are. */
export function rowsEqual({x, features, rows}: Rows): boolean {
  const first = rows[0] * features;
  for (let i = 1; i < rows.length; i++) {
    const start = rows[i] * features;
    for (let f = 0; f < features; f++) if (x[start + f] !== x[first + f]) return false;
  }
  return true;
}

/**
 * Called for each pair of positions i < j in `rows`. For any one position, its partners arrive in ascending order, on
 * whichever element of the pair it is.
 */
export type PairVisitor = (i: number, j: number, squaredDistance: number) => void;

/**
 * Squared distances of all pairs i < j of some rows, row after row, in a new array: [n (n - 1) / 2]. However they are
 * computed, they are those of the plain version, `forEachSquaredDistance`, to the last bit.
 *
 * @param sums - Of each pair, what features before these have added up to at even places and at odd ones,
 *   `[n (n - 1) / 2, 2]`: they go on from there, and are left there for features that follow. Of those an even number must
 *   have been before. Default 0 of each.
 */
export type SquaredDistances = (rows: Rows, sums?: Float64Array) => Float64Array;

/** The plain version: the reference. */
export const squaredDistances: SquaredDistances = (rows, sums) => {
  const n = rows.rows.length;
  const squared = new Float64Array((n * (n - 1)) / 2);
  const keep: PairVisitor = (i, j, distance) => {
    squared[pairIndex(i, j, n)] = distance;
  };
  forEachSquaredDistance(rows, keep, sums);
  return squared;
};

/**
 * Squared Euclidean distance of every unordered pair of rows, each once.
 *
 * Differences are taken directly, in float64: `|a|^2 + |b|^2 - 2ab` needs fewer operations, but near-duplicates
 * far from the origin lose all their digits in it. No square of float32 differences is too small or too large for
 * float64, so that 0 says equal rows.
 *
 * The features at even places are summed in order, those at odd places likewise, and the two sums added. The order
 * belongs to the result: it decides which of two rows is nearer where only rounding tells them apart, and the kernels,
 * which have two lanes, keep it. Rows are taken in blocks and features in strips, so that values are read from the cache.
 *
 * @param before - See {@link SquaredDistances}.
 */
export function forEachSquaredDistance(
  {x, features, rows}: Rows,
  visit: PairVisitor,
  before?: Float64Array,
): void {
  const n = rows.length;
  const offsets = tileOffsets(rows, features);
  const starts = new Int32Array(2 * TILE);
  const sums = new Float64Array(2 * BLOCK * BLOCK); // of the even places, and of the odd ones
  for (let iStart = 0; iStart < n; iStart += BLOCK) {
    const iEnd = Math.min(n, iStart + BLOCK);
    for (let jStart = iStart; jStart < n; jStart += BLOCK) {
      const jEnd = Math.min(n, jStart + BLOCK);
      const block = {iStart, iEnd, jStart, jEnd, n};
      sums.fill(0);
      if (before) copySums(block, (pair, at) => sums.set(before.subarray(pair, pair + 2), at));
      for (let feature = 0; feature < features; feature += STRIP) {
        const length = Math.min(STRIP, features - feature);
        for (let i = iStart; i < iEnd; i += TILE) {
          for (let t = 0; t < TILE; t++) starts[t] = offsets[i + t] + feature;
          // On the diagonal only j >= i is read.
          for (let j = Math.max(i, jStart); j < jEnd; j += TILE) {
            for (let t = 0; t < TILE; t++) starts[TILE + t] = offsets[j + t] + feature;
            addTile(x, starts, length, sums, 2 * ((i - iStart) * BLOCK + (j - jStart)));
          }
        }
      }
      if (before) copySums(block, (pair, at) => before.set(sums.subarray(at, at + 2), pair));
      for (let i = iStart; i < iEnd; i++) {
        const row = 2 * ((i - iStart) * BLOCK - jStart);
        for (let j = Math.max(i + 1, jStart); j < jEnd; j++) {
          visit(i, j, sums[row + 2 * j] + sums[row + 2 * j + 1]);
        }
      }
    }
  }
}

/** Iterates over the pairs of a block, with the index of each among all pairs and in the block. */
function copySums(
  {iStart, iEnd, jStart, jEnd, n}: Record<'iStart' | 'iEnd' | 'jStart' | 'jEnd' | 'n', number>,
  copy: (pair: number, at: number) => void,
): void {
  for (let i = iStart; i < iEnd; i++) {
    for (let j = Math.max(i + 1, jStart); j < jEnd; j++) {
      copy(2 * pairIndex(i, j, n), 2 * ((i - iStart) * BLOCK + (j - jStart)));
    }
  }
}

/** Start of each row in `x`; the last one is repeated, so that every tile is full. */
function tileOffsets(rows: ArrayLike<number>, features: number): Int32Array {
  const offsets = new Int32Array(rows.length + TILE - 1);
  for (let i = 0; i < offsets.length; i++) offsets[i] = rows[Math.min(i, rows.length - 1)] * features;
  return offsets;
}

/**
 * Adds one strip's share to the two sums of each of the four pairs of a tile. They live in local variables, hence in
 * registers, which is why this is not a loop over the tile.
 *
 * @param starts - Where the strip begins in the tile's two rows i and two rows j.
 * @param at - Index in `sums` of the tile's first pair.
 */
function addTile(x: Float32Array, starts: Int32Array, length: number, sums: Float64Array, at: number): void {
  const [i0, i1, j0, j1] = [starts[0], starts[1], starts[2], starts[3]];
  const below = at + 2 * BLOCK;
  let [even00, odd00, even01, odd01] = [sums[at], sums[at + 1], sums[at + 2], sums[at + 3]];
  let [even10, odd10, even11, odd11] = [sums[below], sums[below + 1], sums[below + 2], sums[below + 3]];
  const pairs = length & ~1;
  for (let f = 0; f < pairs; f += 2) {
    let a0 = x[i0 + f];
    let a1 = x[i1 + f];
    let b0 = x[j0 + f];
    let b1 = x[j1 + f];
    even00 += (a0 - b0) * (a0 - b0);
    even01 += (a0 - b1) * (a0 - b1);
    even10 += (a1 - b0) * (a1 - b0);
    even11 += (a1 - b1) * (a1 - b1);
    a0 = x[i0 + f + 1];
    a1 = x[i1 + f + 1];
    b0 = x[j0 + f + 1];
    b1 = x[j1 + f + 1];
    odd00 += (a0 - b0) * (a0 - b0);
    odd01 += (a0 - b1) * (a0 - b1);
    odd10 += (a1 - b0) * (a1 - b0);
    odd11 += (a1 - b1) * (a1 - b1);
  }
  if (pairs < length) {
    even00 += (x[i0 + pairs] - x[j0 + pairs]) ** 2;
    even01 += (x[i0 + pairs] - x[j1 + pairs]) ** 2;
    even10 += (x[i1 + pairs] - x[j0 + pairs]) ** 2;
    even11 += (x[i1 + pairs] - x[j1 + pairs]) ** 2;
  }
  sums[at] = even00;
  sums[at + 1] = odd00;
  sums[at + 2] = even01;
  sums[at + 3] = odd01;
  sums[below] = even10;
  sums[below + 1] = odd10;
  sums[below + 2] = even11;
  sums[below + 3] = odd11;
}
