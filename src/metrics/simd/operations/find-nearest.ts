import type {Operation} from './operation.js';

/** Rows on either side of a block of the kernel. */
const BLOCK = 96;

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
  /** The lists of each thread, [threads, samples, k]: squared distances, float32, and indices. */
  distances: Float32Array;
  indices: Int32Array;
}

/** The k nearest of each row as far as one thread has seen; a piece is a pair of blocks of rows. */
export const findNearest: Operation<FindNearest> = {
  pieces: ({samples}) => (blocksOf(samples) * (blocksOf(samples) + 1)) / 2,
  prepare(module, {x, samples, features, order, columns, k, distances, indices}, thread) {
    const {offset, stride} = module.putRows(x, {rows: order, features, columns});
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
        module.kernels.nearest(offset, ids, samples, stride, k, i, j, nearest, neighbors, reach, scratch);
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
  /** Candidates of each row, [samples, perRow]. */
  candidates: Int32Array;
  perRow: number;
  /** Their squared distances in float64. */
  distances: Float64Array;
}

/** Rows of a piece. */
const REFINED_ROWS = 64;

/** Distances to the candidates in float64; a piece is a block of rows. */
export const refineNearest: Operation<RefineNearest> = {
  pieces: ({samples}) => Math.ceil(samples / REFINED_ROWS),
  prepare(module, {x, samples, features, candidates, perRow, distances}) {
    const {offset, stride} = module.putRows(x, {rows: allRows(samples), features});
    const wanted = module.allocate(4 * perRow);
    const refined = module.allocate(8 * perRow);
    return {
      run(piece) {
        const end = Math.min(samples, (piece + 1) * REFINED_ROWS);
        for (let row = piece * REFINED_ROWS; row < end; row++) {
          module.integers(wanted, perRow).set(candidates.subarray(row * perRow, (row + 1) * perRow));
          module.kernels.refine(offset, stride, row, wanted, perRow, refined);
          distances.set(module.doubles(refined, perRow), row * perRow);
        }
      },
    };
  },
};

function allRows(samples: number): Int32Array {
  return Int32Array.from({length: samples}, (_, sample) => sample);
}
