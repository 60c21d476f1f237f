/** Activations of one layer, wherever they are kept: read some samples at a time. */
export interface LayerSamples {
  samples: number;
  /** Samples to read at once: all of them where they are in memory. */
  block: number;
  /** Of so many samples from `start` on, [count, features], row-major. Not to be modified. */
  read(start: number, count: number): Float32Array;
}

/** Samples that are in memory, [samples, features]. */
export function samplesOf(maps: Float32Array, samples: number): LayerSamples {
  const features = maps.length / samples;
  const read = (start: number, count: number) => maps.subarray(start * features, (start + count) * features);
  return {samples, block: samples, read};
}

/** Goes through all samples, a block at a time. */
export function forEachBlock(
  source: LayerSamples,
  visit: (values: Float32Array, start: number, count: number) => void,
): void {
  for (let start = 0; start < source.samples; start += source.block) {
    const count = Math.min(source.block, source.samples - start);
    visit(source.read(start, count), start, count);
  }
}
