import {forEachBlock, type LayerSamples} from './layer-samples.js';
import type {SamplesShape} from './shapes.js';

/** Indices of the samples without NaN and infinities, ascending. */
export function finiteSamples(x: Float32Array, {samples, features}: SamplesShape): Int32Array {
  const finite = new Int32Array(samples);
  let count = 0;
  for (let sample = 0; sample < samples; sample++) {
    // 0 * value is NaN for NaN and the infinities, and a NaN stays in the sum
    let check = 0;
    for (let i = sample * features, end = i + features; i < end; i++) check += 0 * x[i];
    if (check === 0) finite[count++] = sample;
  }
  return finite.subarray(0, count);
}

/** The same of samples that are read a block at a time. */
export function finiteInBlocks(source: LayerSamples, {features}: SamplesShape): Int32Array {
  const finite: number[] = [];
  forEachBlock(source, (values, start, count) => {
    for (const sample of finiteSamples(values, {samples: count, features})) finite.push(start + sample);
  });
  return Int32Array.from(finite);
}
