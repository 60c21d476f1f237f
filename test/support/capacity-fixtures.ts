import {pairCodes, type ChannelMajorShape, type PairCodes, type PairCodesOptions} from 'cnnslicer/metrics';
import {fixtureValues, type FixtureArray} from './metric-fixtures.js';

/** Feature maps beside the cases, as tfjs lays them out. */
export interface FixtureMaps extends FixtureArray {
  shape: [samples: number, height: number, width: number, channels: number];
}

/** Codes of a fixture's maps. */
export function fixtureCodes(array: FixtureMaps, options: PairCodesOptions): PairCodes {
  const [samples, height, width, channels] = array.shape;
  const shape = {channels, samples, pixels: height * width};
  return pairCodes(toChannelMajor(fixtureValues(array), shape), shape, options);
}

/** [samples, pixels, channels] to [channels, samples, pixels]. */
function toChannelMajor(maps: Float32Array, {channels, samples, pixels}: ChannelMajorShape): Float32Array {
  const turned = new Float32Array(maps.length);
  for (const [i, value] of maps.entries()) {
    const channel = i % channels;
    const sampleAndPixel = Math.floor(i / channels);
    turned[channel * samples * pixels + sampleAndPixel] = value;
  }
  return turned;
}
