import {
  channelCapacity,
  pairCodes,
  pixelsOf,
  type LayerSamples,
  type PairCodes,
  type SquaredDistances,
} from '../../metrics/index.js';
import {emptyPairCodes} from '../../metrics/pair-codes.js';
import type {LayerInfo} from '../../shared/index.js';
import {evenSample} from './even-sample.js';

/**
 * Samples that a heatmap is measured on. The first of the probe: they are an even draw of the classes. Half as many show
 * more of chance than of the channels, twice as many cost four times the time.
 */
export const CAPACITY_SAMPLES = 128;
/** Maximum number of channels in a heatmap; larger layers are sampled at even intervals. Doubling it triples the time. */
const MAX_CHANNELS = 32;
/** Channels of a layer that tell what chance gives: it is one number, and all would double the time. */
const CHANCE_CHANNELS = 16;

/** Bins of a channel's distances. */
const BINS = 32;
/** Values of some channels that are taken out of the samples at once. */
const VALUES_AT_ONCE = 2 ** 21;

/** The activations of a layer. */
export interface LayerActivations {
  layer: LayerInfo;
  /** [samples, pixels, channels]. */
  maps: LayerSamples;
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
  const codes = (activations: LayerActivations, channels: number[]) =>
    channelCodes(activations, channels, {samples: used, squaredDistances});
  const rows = evenSample(from.layer.channels, MAX_CHANNELS);
  const columns = evenSample(to.layer.channels, MAX_CHANNELS);
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

/** Computes the codes of some channels, as many at a time as fit into memory. */
function channelCodes(
  activations: LayerActivations,
  channels: number[],
  {samples, squaredDistances}: {samples: number; squaredDistances: SquaredDistances},
): PairCodes {
  const pixels = pixelsOf(activations.layer);
  const whole = emptyPairCodes({channels: channels.length, samples, pixels}, BINS);
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / (samples * pixels)));
  for (let first = 0; first < channels.length; first += atOnce) {
    const some = channels.slice(first, first + atOnce);
    const shape = {channels: some.length, samples, pixels};
    const part = pairCodes(channelMajor(activations, some, samples), shape, {bins: BINS, squaredDistances});
    whole.codes.set(part.codes, first * whole.pairs);
    whole.counts.set(part.counts, first * BINS);
    whole.entropy.set(part.entropy, first);
    whole.degenerate.set(part.degenerate, first);
    whole.valid.set(part.valid, first);
  }
  return whole;
}

/** The first samples' maps of some channels, [channels, samples, pixels]. */
function channelMajor({layer, maps}: LayerActivations, channels: number[], samples: number): Float32Array {
  const pixels = pixelsOf(layer);
  const out = new Float32Array(channels.length * samples * pixels);
  for (let start = 0; start < samples; start += maps.block) {
    const values = maps.read(start, Math.min(maps.block, samples - start));
    const positions = values.length / layer.channels;
    // A position at a time, as memory has them.
    for (let i = 0; i < positions; i++) {
      for (let row = 0; row < channels.length; row++) {
        const at = row * samples * pixels + start * pixels + i;
        out[at] = values[i * layer.channels + (channels[row] as number)] as number;
      }
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
