import type {LayerSamples} from './layer-samples.js';
import {pairIndex} from './pair-index.js';
import type {SquaredDistances} from './squared-distances.js';

/**
 * Squared distances of all pairs of rows that are read a block at a time: of each two blocks together, so that twice a
 * block is in memory. A pair's distance does not depend on what stands beside it, so they are the same to the last bit.
 *
 * @param source - Of more than one block.
 * @param rows - Sample indices, ascending.
 * @returns Each pair i < j of places in `rows` once, row after row.
 */
export function pairDistancesInBlocks(
  source: LayerSamples,
  {features, rows}: {features: number; rows: Int32Array},
  distancesOf: SquaredDistances,
): Float64Array {
  const {samples, block} = source;
  const n = rows.length;
  const squared = new Float64Array((n * (n - 1)) / 2);
  const both = new Float32Array(2 * block * features);
  for (let a = 0; a + block < samples; a += block) {
    both.set(source.read(a, block));
    for (let b = a + block; b < samples; b += block) {
      const inB = Math.min(block, samples - b);
      both.set(source.read(b, inB), block * features);
      // Places in `rows` of the samples of both blocks, and where those lie in `both`.
      const isIn = (row: number) => (row >= a && row < a + block) || (row >= b && row < b + inB);
      const places = [...rows.keys()].filter(place => isIn(rows[place]));
      const at = places.map(place => (rows[place] < a + block ? rows[place] - a : rows[place] - b + block));
      const found = distancesOf({x: both, features, rows: at});
      for (let i = 0; i < places.length; i++) {
        for (let j = i + 1; j < places.length; j++) {
          squared[pairIndex(places[i], places[j], n)] = found[pairIndex(i, j, places.length)];
        }
      }
    }
  }
  return squared;
}
