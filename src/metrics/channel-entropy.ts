import type {IntraSampleEntropy} from './intra-sample-entropy.js';

/** Per channel, over the valid maps of a set of samples; all arrays are [channels], NaN where `n` is 0. */
export interface ChannelEntropy {
  /** Mean entropy of the maps, bits. */
  mean: Float64Array;
  /** Population standard deviation of the maps' entropies, bits. */
  std: Float64Array;
  /** Share of constant maps, 0..1. */
  dead: Float64Array;
  /** Share of zeros among the maps' values, 0..1. */
  zeros: Float64Array;
  /** Maps that count: those without a non-finite value. */
  n: Uint32Array;
}

/**
 * Intra-sample entropy of each channel: the mean over the samples, with its spread and the shares of constant maps and
 * of zeros. Maps with a non-finite value are left out.
 *
 * @param entropy - Result of `intraSampleEntropy`.
 * @param members - Sample indices to average over, e.g. those of one class; default all. None is not an error: n is 0.
 * @throws {RangeError} if a member is not a sample.
 * @see Shen & Shen 2020, section 5.4.1.
 */
export function channelEntropy(entropy: IntraSampleEntropy, members?: ArrayLike<number>): ChannelEntropy {
  const {samples, channels, pixels, bits} = entropy;
  const mean = new Float64Array(channels);
  const std = new Float64Array(channels);
  const dead = new Float64Array(channels);
  const zeros = new Float64Array(channels);
  const n = new Uint32Array(channels);
  const chosen = members ?? Uint32Array.from({length: samples}, (_, sample) => sample);
  for (let i = 0; i < chosen.length; i++) {
    const first = sampleIndex(chosen[i], samples) * channels;
    for (let channel = 0; channel < channels; channel++) {
      const map = first + channel;
      if (Number.isNaN(bits[map])) continue;
      n[channel]++;
      // Welford's update: `std` gathers the squared deviations
      const deviation = bits[map] - mean[channel];
      mean[channel] += deviation / n[channel];
      std[channel] += deviation * (bits[map] - mean[channel]);
      dead[channel] += entropy.constant[map];
      zeros[channel] += entropy.zeros[map];
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    if (n[channel] === 0) mean[channel] = NaN;
    std[channel] = Math.sqrt(std[channel] / n[channel]);
    dead[channel] /= n[channel];
    zeros[channel] /= n[channel] * pixels;
  }
  return {mean, std, dead, zeros, n};
}

function sampleIndex(member: number, samples: number): number {
  if (Number.isInteger(member) && member >= 0 && member < samples) return member;
  throw new RangeError(`channelEntropy: members must be sample indices in 0..${samples - 1}, got ${member}.`);
}
