import {histogramEntropies} from './histogram-entropies.js';
import {summarizeMaps, type IntraSampleEntropy} from './intra-sample-entropy.js';
import {forEachBlock, type LayerSamples} from './layer-samples.js';
import {emptyExtents, mapExtents} from './map-extents.js';
import type {MapsShape} from './shapes.js';
import {valueRanges} from './value-range.js';

/**
 * {@link intraSampleEntropy} of maps that are read a block at a time, twice: for the values' ranges, and for the
 * histograms. The same to the last bit.
 */
export function intraSampleEntropyInBlocks(
  source: LayerSamples,
  shape: MapsShape,
  {bins, range}: {bins: number; range: 'layer' | 'channel' | 'map'},
): IntraSampleEntropy {
  const {samples, channels} = shape;
  const extents = emptyExtents(samples * channels);
  forEachBlock(source, (values, start, count) => {
    const of = mapExtents(values, {...shape, samples: count});
    extents.min.set(of.min, start * channels);
    extents.max.set(of.max, start * channels);
    extents.zeros.set(of.zeros, start * channels);
    extents.finite.set(of.finite, start * channels);
  });
  const {lo, hi} = valueRanges(extents, shape, range);
  const bits = new Float64Array(samples * channels);
  forEachBlock(source, (values, start, count) => {
    const [first, end] = [start * channels, (start + count) * channels];
    const ranges = {lo: lo.subarray(first, end), hi: hi.subarray(first, end)};
    bits.set(histogramEntropies(values, {...shape, samples: count}, bins, ranges), first);
  });
  return summarizeMaps(new Float32Array(), shape, {bins, range, extents, bits});
}
