import {
  channelCapacity,
  pairCodes,
  pixelsOf,
  type PairCodes,
  type SquaredDistances,
} from '../../../metrics/index.js';
import type {LayerInfo} from '../../../shared/index.js';
import type {LayerActivations} from '../../activation-model.js';
import {evenDraw} from './even-draw.js';

/**
 * Samples that a heatmap is measured on. The first of the probe: they are an even draw of the classes. Half as many show
 * more of chance than of the channels, twice as many cost four times the time.
 */
export const CAPACITY_SAMPLES = 128;
/** Channels of a layer in a heatmap; of more, so many are taken at even steps. */
const MOST_CHANNELS = 64;

/** Capacity of some channels of two layers at one epoch. */
export interface LayerCapacity {
  from: LayerInfo;
  to: LayerInfo;
  /** Channels of the rows and columns. */
  rows: number[];
  columns: number[];
  /** [rows, columns], row-major; NaN where undefined. */
  bits: Float64Array;
  samples: number;
  /** Mean capacity with the samples of one layer shuffled, which chance alone gives, bits; NaN where none is defined. */
  chance: number;
}

/** @param samples - Samples of the maps. */
export function layerCapacity(
  from: LayerActivations,
  to: LayerActivations,
  {samples, squaredDistances}: {samples: number; squaredDistances: SquaredDistances},
): LayerCapacity {
  const used = Math.min(samples, CAPACITY_SAMPLES);
  const codes = (activations: LayerActivations, channels: number[]): PairCodes => {
    const pixels = pixelsOf(activations.layer);
    const shape = {channels: channels.length, samples: used, pixels};
    return pairCodes(channelMajor(activations, channels, used), shape, {squaredDistances});
  };
  const rows = evenDraw(from.layer.channels, MOST_CHANNELS);
  const columns = evenDraw(to.layer.channels, MOST_CHANNELS);
  const {bits, baseline} = channelCapacity(codes(from, rows), codes(to, columns), {permutations: 1});
  const shuffled = (baseline?.mean ?? new Float64Array()).filter(value => !Number.isNaN(value));
  return {
    from: from.layer,
    to: to.layer,
    rows,
    columns,
    bits,
    samples: used,
    chance: shuffled.reduce((sum, value) => sum + value, 0) / shuffled.length,
  };
}

/** The first samples' maps of some channels, [channels, samples, pixels]. */
function channelMajor({layer, maps}: LayerActivations, channels: number[], samples: number): Float32Array {
  const positions = samples * pixelsOf(layer);
  const out = new Float32Array(channels.length * positions);
  channels.forEach((channel, row) => {
    for (let i = 0, from = channel; i < positions; i++, from += layer.channels) {
      out[row * positions + i] = maps[from] as number;
    }
  });
  return out;
}
