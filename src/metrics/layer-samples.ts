/** Activations of one layer, wherever they are kept: read some samples, or some features, at a time. */
export interface LayerSamples {
  samples: number;
  /** Samples to read at once, or as many values of all samples; all samples where that is little. */
  block: number;
  /** Reads `count` samples from `start` on, [count, features], row-major. Not to be modified; valid until the next read. */
  read(start: number, count: number): Float32Array;
  /** Reads `count` features from `first` on, of every sample, [samples, count]; as `read`. */
  readFeatures(first: number, count: number): Float32Array;
}

/**
 * Samples that are in memory.
 *
 * @param maps - [samples, features], or a source already, which is given back.
 * @param block - Samples to read at once; default all.
 */
export function samplesOf(
  maps: Float32Array | LayerSamples,
  samples: number,
  block: number = samples,
): LayerSamples {
  if (!(maps instanceof Float32Array)) return maps;
  const features = maps.length / samples;
  return {
    samples,
    block,
    read: (start, count) => maps.subarray(start * features, (start + count) * features),
    readFeatures(first, count) {
      if (count === features) return maps;
      const values = new Float32Array(samples * count);
      for (let sample = 0; sample < samples; sample++) {
        const from = sample * features + first;
        values.set(maps.subarray(from, from + count), sample * count);
      }
      return values;
    },
  };
}

/** Iterates over all samples, a block at a time. */
export function forEachBlock(
  source: LayerSamples,
  visit: (values: Float32Array, start: number, count: number) => void,
): void {
  for (const {values, start, count} of blocksOf(source)) visit(values, start, count);
}

/** All samples, a block at a time. */
export function* blocksOf(
  source: LayerSamples,
): Generator<{values: Float32Array; start: number; count: number}> {
  for (let start = 0; start < source.samples; start += source.block) {
    const count = Math.min(source.block, source.samples - start);
    yield {values: source.read(start, count), start, count};
  }
}
