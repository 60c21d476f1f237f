import {putGrid} from '../grid.js';
import {allRows} from './all-rows.js';
import type {Operation} from './operation.js';

/** Rows on either side of a block of the kernel. */
const BLOCK = 96;
/** Bytes of a strip of columns; shorter ones give far pairs up sooner, and ask more often. */
const STRIP = 128;

export interface FindNearest {
  /** [samples, features], finite. */
  x: Float32Array;
  samples: number;
  features: number;
  /** The order in which samples are taken: like ones together, so that they are near neighbours early. */
  order: Int32Array;
  /** The order in which columns are summed: those that tell samples apart first. */
  columns: Int32Array;
  k: number;
  /** The lists of each thread, [threads, samples, k]: squared distances on the grid, and indices. */
  distances: Float32Array;
  indices: Int32Array;
  /** The grid's step, 0 where there can be none and no list is made; and how wrong a distance on it may be, in steps. */
  grid: Float64Array;
}

/** The k nearest grid points of each as far as one thread has seen; a piece is a pair of blocks of rows. */
export const findNearest: Operation<FindNearest> = {
  pieces: ({samples}) => (blocksOf(samples) * (blocksOf(samples) + 1)) / 2,
  prepare(module, {x, samples, features, order, columns, k, distances, indices, grid}, thread) {
    const rows = module.putRows(x, {rows: order, features, columns});
    const rounded = putGrid(module, rows, STRIP);
    if (rounded === null) return {run: () => {}};
    const {points, norms, normBytes, stride, step, error} = rounded;
    grid.set([step, error]);
    const ids = module.put(order);
    const length = samples * k;
    const nearest = module.allocate(4 * length);
    const neighbors = module.allocate(4 * length);
    const reach = module.allocate(4 * (samples + 12));
    const scratch = module.allocate(4 * BLOCK * BLOCK);
    module.floats(nearest, length).fill(Infinity);
    // An index above any other: what has a distance of Infinity itself still comes first.
    module.integers(neighbors, length).fill(samples);
    module
      .floats(reach, samples + 4)
      .fill(Infinity)
      .fill(-Infinity, samples);
    return {
      run(piece) {
        const [i, j] = blockPair(piece, blocksOf(samples));
        module.kernels.nearest(
          points,
          norms,
          normBytes,
          ids,
          samples,
          stride,
          k,
          i,
          j,
          nearest,
          neighbors,
          reach,
          scratch,
          STRIP,
        );
      },
      finish() {
        const found = {
          distances: module.floats(nearest, length),
          indices: module.integers(neighbors, length),
        };
        for (let row = 0; row < samples; row++) {
          const at = thread * length + order[row] * k;
          distances.set(found.distances.subarray(row * k, (row + 1) * k), at);
          indices.set(found.indices.subarray(row * k, (row + 1) * k), at);
        }
      },
    };
  },
};

function blocksOf(samples: number): number {
  return Math.ceil(samples / BLOCK);
}

/** The piece-th pair of blocks i <= j, near ones first: (0, 0), (1, 1), ..., (0, 1), (1, 2), ..., (0, blocks - 1). */
function blockPair(piece: number, blocks: number): [i: number, j: number] {
  const fromEnd = (blocks * (blocks + 1)) / 2 - 1 - piece;
  const row = Math.floor((Math.sqrt(8 * fromEnd + 1) - 1) / 2);
  const i = row - (fromEnd - (row * (row + 1)) / 2);
  return [i, i + blocks - 1 - row];
}

export interface RefineNearest {
  x: Float32Array;
  samples: number;
  features: number;
  k: number;
  /** Candidates of each row by their distance on the grid, [samples, perRow]. */
  candidates: Int32Array;
  /** Lower bound of the square of a candidate's true distance, [samples, perRow]. */
  bounds: Float64Array;
  perRow: number;
  /** The k nearest, [samples, k]: squared distances in float64, and indices. */
  distances: Float64Array;
  indices: Int32Array;
}

/** Rows of a piece. */
const REFINED_ROWS = 64;

/**
 * The k nearest of each row by distances in float64, among its candidates where these are sure to hold them, else among
 * all; a piece is a block of rows.
 */
export const refineNearest: Operation<RefineNearest> = {
  pieces: ({samples}) => Math.ceil(samples / REFINED_ROWS),
  prepare(module, {x, samples, features, k, candidates, bounds, perRow, distances, indices}) {
    const {kernels} = module;
    const {offset, stride} = module.putRows(x, {rows: allRows(samples), features});
    const wanted = module.allocate(4 * perRow);
    const bound = module.allocate(8 * perRow);
    const refined = module.allocate(8 * k);
    const neighbors = module.allocate(4 * k);
    const nearestOf = (row: number) => {
      const [first, end] = [row * perRow, (row + 1) * perRow];
      module.integers(wanted, perRow).set(candidates.subarray(first, end));
      module.doubles(bound, perRow).set(bounds.subarray(first, end));
      const args = [wanted, bound, perRow, k, refined, neighbors] as const;
      const enough = kernels.nearestCandidates(offset, stride, row, ...args) !== 0;
      if (enough || perRow === samples - 1) return;
      kernels.nearestOfAll(offset, samples, stride, row, k, refined, neighbors);
    };
    return {
      run(piece) {
        const end = Math.min(samples, (piece + 1) * REFINED_ROWS);
        for (let row = piece * REFINED_ROWS; row < end; row++) {
          nearestOf(row);
          distances.set(module.doubles(refined, k), row * k);
          indices.set(module.integers(neighbors, k), row * k);
        }
      },
    };
  },
};
