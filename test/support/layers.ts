import type {ChannelMajorShape} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';

/** The samples of each channel in another order: sample i becomes sample order[i] of before. */
export function withOrder(
  maps: Float32Array,
  {samples, pixels}: ChannelMajorShape,
  order: number[],
): Float32Array {
  return maps.map((_, i) => {
    const channel = Math.floor(i / (samples * pixels));
    const sample = Math.floor(i / pixels) % samples;
    return Number(maps[(channel * samples + Number(order[sample])) * pixels + (i % pixels)]);
  });
}

/** Channels of independent noise, [channels, samples, 4]. */
export function noise(
  channels: number,
  samples: number,
  seed: number,
): {maps: Float32Array; shape: ChannelMajorShape} {
  const random = seededRandom(seed);
  const shape = {channels, samples, pixels: 4};
  return {maps: Float32Array.from({length: channels * samples * 4}, () => random() - 0.5), shape};
}
