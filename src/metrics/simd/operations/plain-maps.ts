import {histogramEntropies} from '../../histogram-entropies.js';
import {mapExtents, type MapExtents} from '../../map-extents.js';
import type {MapsShape} from '../../shapes.js';
import type {ValueRanges} from '../../value-range.js';
import type {Operation} from './operation.js';

/** Samples of a piece: few enough that abandoned work stops soon. */
const SAMPLES = 8;

export interface PlainExtents {
  /** [samples, pixels, channels]. */
  maps: Float32Array;
  shape: MapsShape;
  /** Extents of every map, [samples, channels]. */
  result: MapExtents;
}

/** Extents of maps without the kernels, which take four channels at a time. */
export const plainExtents: Operation<PlainExtents> = {
  pieces: ({shape}) => Math.ceil(shape.samples / SAMPLES),
  prepare: (_module, {maps, shape, result}) => ({
    run(piece) {
      const {first, part, values} = pieceOf(maps, shape, piece);
      const found = mapExtents(values, part);
      const at = first * shape.channels;
      result.min.set(found.min, at);
      result.max.set(found.max, at);
      result.finite.set(found.finite, at);
      result.zeros.set(found.zeros, at);
    },
  }),
};

export interface PlainHistograms {
  /** [samples, pixels, channels]. */
  maps: Float32Array;
  shape: MapsShape;
  ranges: ValueRanges;
  bins: number;
  /** Entropy of every map, [samples, channels]. */
  bits: Float64Array;
}

/** Entropies of maps without the kernels: for more bins than those take, and for ranges that float32 does not hold. */
export const plainHistograms: Operation<PlainHistograms> = {
  pieces: ({shape}) => Math.ceil(shape.samples / SAMPLES),
  prepare: (_module, {maps, shape, ranges, bins, bits}) => ({
    run(piece) {
      const {first, part, values} = pieceOf(maps, shape, piece);
      const [from, to] = [first * shape.channels, (first + part.samples) * shape.channels];
      const {lo, hi} = ranges;
      bits.set(
        histogramEntropies(values, part, bins, {lo: lo.subarray(from, to), hi: hi.subarray(from, to)}),
        from,
      );
    },
  }),
};

function pieceOf(maps: Float32Array, shape: MapsShape, piece: number) {
  const first = piece * SAMPLES;
  const samples = Math.min(SAMPLES, shape.samples - first);
  const size = shape.pixels * shape.channels;
  return {
    first,
    part: {...shape, samples},
    values: maps.subarray(first * size, (first + samples) * size),
  };
}
