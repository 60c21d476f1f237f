import {extendMap, type MapExtents} from '../../map-extents.js';
import type {MapsShape} from '../../shapes.js';
import type {ValueRanges} from '../../value-range.js';
import type {Operation} from './operation.js';

/** Values of a piece: a few samples, so that the copy in the module's memory is still in the cache when it is read. */
const PIECE_VALUES = 2 ** 18;

interface Maps {
  /** [samples, pixels, channels]; channels a multiple of 4. */
  maps: Float32Array;
  shape: MapsShape;
}

export interface MeasureExtents extends Maps {
  result: MapExtents;
}

/** The extents of every map; a piece is some samples. */
export const measureExtents: Operation<MeasureExtents> = {
  pieces: ({shape}) => Math.ceil(shape.samples / samplesPerPiece(shape)),
  prepare(module, {maps, shape, result}) {
    const {samples, pixels, channels} = shape;
    const size = pixels * channels;
    const x = module.allocate(4 * size);
    const min = module.allocate(4 * channels);
    const max = module.allocate(4 * channels);
    const zeros = module.allocate(4 * channels);
    const bad = module.allocate(4 * channels);
    return {
      run(piece) {
        const each = samplesPerPiece(shape);
        for (let sample = piece * each; sample < Math.min(samples, (piece + 1) * each); sample++) {
          module.floats(x, size).set(maps.subarray(sample * size, (sample + 1) * size));
          module.kernels.mapExtents(x, pixels, channels, min, max, zeros, bad);
          const first = sample * channels;
          result.min.set(module.floats(min, channels), first);
          result.max.set(module.floats(max, channels), first);
          result.zeros.set(module.counts(zeros, channels), first);
          const isBad = module.integers(bad, channels);
          for (let channel = 0; channel < channels; channel++) {
            if (isBad[channel] !== 0) extendMap(result, maps, shape, {sample, channel});
          }
        }
      },
    };
  },
};

export interface BinMaps extends Maps {
  ranges: ValueRanges;
  bins: number;
  /** n log2 n for n = 0..pixels. */
  table: Float64Array;
  /** [samples, channels]. */
  bits: Float64Array;
}

/** The entropy of every map's histogram; a piece is some samples. */
export const binMaps: Operation<BinMaps> = {
  pieces: ({shape}) => Math.ceil(shape.samples / samplesPerPiece(shape)),
  prepare(module, {maps, shape, ranges, bins, table, bits}) {
    const {samples, pixels, channels} = shape;
    const size = pixels * channels;
    const x = module.allocate(4 * size);
    const lo = module.allocate(4 * channels);
    const hi = module.allocate(4 * channels);
    // Four channels lie side by side, in a row of the next power of two of bins.
    const shift = Math.ceil(Math.log2(bins));
    const side = 1 << shift;
    const counts = module.allocate(4 * side * channels);
    return {
      run(piece) {
        const each = samplesPerPiece(shape);
        for (let sample = piece * each; sample < Math.min(samples, (piece + 1) * each); sample++) {
          const first = sample * channels;
          module.floats(x, size).set(maps.subarray(sample * size, (sample + 1) * size));
          module.floats(lo, channels).set(ranges.lo.subarray(first, first + channels));
          module.floats(hi, channels).set(ranges.hi.subarray(first, first + channels));
          module.kernels.mapHistograms(x, pixels, channels, bins, shift, lo, hi, counts);
          const counted = module.counts(counts, side * channels);
          for (let channel = 0; channel < channels; channel++) {
            const begin = (channel & ~3) * side + (channel & 3);
            let sum = 0;
            for (let bin = 0; bin < bins; bin++) sum += table[counted[begin + 4 * bin]];
            bits[first + channel] = (table[pixels] - sum) / pixels;
          }
        }
      },
    };
  },
};

function samplesPerPiece({pixels, channels}: MapsShape): number {
  return Math.max(1, Math.floor(PIECE_VALUES / (pixels * channels)));
}
