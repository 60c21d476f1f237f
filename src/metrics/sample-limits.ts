import {forEachBlock, type LayerSamples} from './layer-samples.js';
import type {SamplesShape} from './shapes.js';

/** Smallest and largest finite value of each row, [samples]; where a row has none, min > max. */
export interface SampleLimits {
  min: Float64Array;
  max: Float64Array;
}

/** @param x - [samples, features], row-major. */
export function sampleLimits(
  x: Float32Array,
  {samples, features}: {samples: number; features: number},
): SampleLimits {
  const limits = {min: new Float64Array(samples), max: new Float64Array(samples)};
  for (let sample = 0; sample < samples; sample++) {
    let min = Infinity;
    let max = -Infinity;
    for (let i = sample * features, end = i + features; i < end; i++) {
      const value = x[i];
      // value - value is NaN for NaN and the infinities alone
      if (value < min && value - value === 0) min = value;
      if (value > max && value - value === 0) max = value;
    }
    limits.min[sample] = min;
    limits.max[sample] = max;
  }
  return limits;
}

/** The same of samples that are read a block at a time. */
export function limitsInBlocks(source: LayerSamples, {samples, features}: SamplesShape): SampleLimits {
  const limits = {min: new Float64Array(samples), max: new Float64Array(samples)};
  forEachBlock(source, (values, start, count) => {
    const {min, max} = sampleLimits(values, {samples: count, features});
    limits.min.set(min, start);
    limits.max.set(max, start);
  });
  return limits;
}
