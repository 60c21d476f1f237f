import {nearestAmong} from '../../k-nearest-neighbors.js';
import {pairsOfRows} from '../../squared-distances.js';
import {allRows} from './all-rows.js';
import type {Operation} from './operation.js';

export interface PlainNearest {
  /** [samples, features], finite. */
  x: Float32Array;
  samples: number;
  features: number;
  k: number;
  /** The k nearest, [samples, k]: distances, and indices. */
  distances: Float64Array;
  indices: Int32Array;
}

/** The k nearest without the kernels, in one piece: where values lie too far apart or too close for float32 squares. */
export const plainNearest: Operation<PlainNearest> = {
  pieces: () => 1,
  prepare: (_module, {x, samples, features, k, distances, indices}) => ({
    run() {
      const found = nearestAmong(pairsOfRows({x, features, rows: allRows(samples)}), k);
      distances.set(found.distances);
      indices.set(found.indices);
    },
  }),
};
