import {extendMap, type MapExtents} from '../../map-extents.js';
import type {MapsShape} from '../../shapes.js';
import type {ValueRanges} from '../../value-range.js';
import type {MetricsModule} from '../metrics-module.js';
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

/** The extents of every map. */
export const measureExtents = sampleBySample<MeasureExtents>((_module, {result}, kernels) => {
  return sample => kernels.extents(sample, result);
});

interface Histograms {
  bins: number;
  /** n log2 n for n = 0..pixels. */
  table: Float64Array;
  /** Entropy of each map, [samples, channels]. */
  bits: Float64Array;
}

export interface BinMaps extends Maps, Histograms {
  ranges: ValueRanges;
}

/** The entropy of every map's histogram over a given range. */
export const binMaps = sampleBySample<BinMaps>((module, {shape, ranges, ...histograms}, kernels) => {
  const bin = binning(module, shape, histograms);
  return sample => bin(sample, kernels, ranges.lo, ranges.hi);
});

export interface BinOwnMaps extends Maps, Histograms {
  extents: MapExtents;
}

/** The extents of every map, and the entropy of its histogram over them: each sample is copied once. */
export const binOwnMaps = sampleBySample<BinOwnMaps>((module, {shape, extents, ...histograms}, kernels) => {
  const bin = binning(module, shape, histograms);
  return sample => {
    kernels.extents(sample, extents);
    bin(sample, kernels, extents.min, extents.max);
  };
});

/** An operation that goes through the samples, each copied to the module's memory first; a piece is some of them. */
function sampleBySample<Input extends Maps>(
  prepare: (module: MetricsModule, input: Input, kernels: MapKernels) => (sample: number) => void,
): Operation<Input> {
  return {
    pieces: ({shape}) => Math.ceil(shape.samples / samplesPerPiece(shape)),
    prepare(module, input) {
      const {shape} = input;
      const kernels = mapKernels(module, input);
      const visit = prepare(module, input, kernels);
      const each = samplesPerPiece(shape);
      return {
        run(piece) {
          const end = Math.min(shape.samples, (piece + 1) * each);
          for (let sample = piece * each; sample < end; sample++) {
            kernels.load(sample);
            visit(sample);
          }
        },
      };
    },
  };
}

type MapKernels = ReturnType<typeof mapKernels>;

/** One sample at a time in the module's memory, and its extents. */
function mapKernels(module: MetricsModule, {maps, shape}: Maps) {
  const {pixels, channels} = shape;
  const size = pixels * channels;
  const x = module.allocate(4 * size);
  const [min, max, zeros, bad] = [0, 1, 2, 3].map(() => module.allocate(4 * channels));
  return {
    x,
    load: (sample: number) => module.floats(x, size).set(maps.subarray(sample * size, (sample + 1) * size)),
    extents(sample: number, result: MapExtents) {
      module.kernels.mapExtents(x, pixels, channels, min, max, zeros, bad);
      const first = sample * channels;
      result.min.set(module.floats(min, channels), first);
      result.max.set(module.floats(max, channels), first);
      result.zeros.set(module.counts(zeros, channels), first);
      const isBad = module.integers(bad, channels);
      for (let channel = 0; channel < channels; channel++) {
        if (isBad[channel] !== 0) extendMap(result, maps, shape, {sample, channel});
      }
    },
  };
}

/** Histograms of the sample in the module's memory, and their entropies. */
function binning(module: MetricsModule, {pixels, channels}: MapsShape, {bins, table, bits}: Histograms) {
  // Four channels lie side by side, in a row of the next power of two of bins.
  const shift = Math.ceil(Math.log2(bins));
  const lowest = module.allocate(4 * channels);
  const highest = module.allocate(4 * channels);
  const counts = module.allocate((8 * channels) << shift); // two tables, see the kernel
  const tableAt = module.put(table);
  const entropy = module.allocate(8 * channels);
  return (sample: number, {x}: MapKernels, lo: Float64Array, hi: Float64Array) => {
    const first = sample * channels;
    module.floats(lowest, channels).set(lo.subarray(first, first + channels));
    module.floats(highest, channels).set(hi.subarray(first, first + channels));
    module.kernels.mapHistograms(x, pixels, channels, bins, shift, lowest, highest, counts);
    module.kernels.histogramEntropies(counts, channels, bins, shift, tableAt, pixels, entropy);
    bits.set(module.doubles(entropy, channels), first);
  };
}

function samplesPerPiece({pixels, channels}: MapsShape): number {
  return Math.max(1, Math.floor(PIECE_VALUES / (pixels * channels)));
}
