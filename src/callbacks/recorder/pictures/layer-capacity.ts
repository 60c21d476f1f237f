import {
  channelCapacity,
  pairCodes,
  pixelsOf,
  type PairCodes,
  type SquaredDistances,
} from '../../../metrics/index.js';
import type {LayerInfo} from '../../../shared/index.js';
import {evenDraw} from './even-draw.js';

/**
 * Samples that a heatmap is measured on. The first of the probe: they are an even draw of the classes. Half as many show
 * more of chance than of the channels, twice as many cost four times the time.
 */
export const CAPACITY_SAMPLES = 128;
/** Channels of a layer in a heatmap; of more, so many are taken at even steps. Twice as many cost three times the time. */
const MOST_CHANNELS = 32;
/** Channels of a layer that tell what chance gives: it is one number, and all would double the time. */
const CHANCE_CHANNELS = 16;

/** The activations of a layer. */
export interface LayerActivations {
  layer: LayerInfo;
  /** [samples, pixels, channels], row-major; of the first samples at least. */
  maps: Float32Array;
}

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

/** @param samples - Of the probe; so many, or the first {@link CAPACITY_SAMPLES}, are used. */
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
  const [x, y] = [codes(from, rows), codes(to, columns)];
  return {
    from: from.layer,
    to: to.layer,
    rows,
    columns,
    bits: channelCapacity(x, y).bits,
    samples: used,
    chance: byChance(firstChannels(x), firstChannels(y)),
  };
}

/** The first samples' maps of some channels, [channels, samples, pixels]. */
function channelMajor({layer, maps}: LayerActivations, channels: number[], samples: number): Float32Array {
  const positions = samples * pixelsOf(layer);
  const out = new Float32Array(channels.length * positions);
  // A position at a time, as memory has them.
  for (let i = 0; i < positions; i++) {
    for (let row = 0; row < channels.length; row++) {
      out[row * positions + i] = maps[i * layer.channels + (channels[row] as number)] as number;
    }
  }
  return out;
}

/** Mean capacity with the samples of one layer shuffled, bits. */
function byChance(x: PairCodes, y: PairCodes): number {
  const {baseline} = channelCapacity(x, y, {permutations: 1});
  const shuffled = (baseline?.mean ?? new Float64Array()).filter(value => !Number.isNaN(value));
  return shuffled.reduce((sum, value) => sum + value, 0) / shuffled.length;
}

function firstChannels(codes: PairCodes): PairCodes {
  const channels = Math.min(CHANCE_CHANNELS, codes.channels);
  return {
    ...codes,
    channels,
    codes: codes.codes.subarray(0, channels * codes.pairs),
    counts: codes.counts.subarray(0, channels * codes.bins),
    entropy: codes.entropy.subarray(0, channels),
    degenerate: codes.degenerate.subarray(0, channels),
    valid: codes.valid.subarray(0, channels),
  };
}
