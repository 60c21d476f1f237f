import type {LayerMeasure} from '../../shared/layer-measures.js';
import {
  capacityQuery,
  entropyQuery,
  interSampleQuery,
  sliceOf,
  type Part,
} from '../../shared/notation/build-query.js';
import {printQuery} from '../../shared/notation/print-query.js';

/** Intra-sample entropies of a part. */
export function entropyText(part: Part): string {
  return printQuery(entropyQuery(part));
}

/** Mean intra-sample entropies of the channels of a part. */
export function meanEntropyText(part: Part): string {
  return printQuery({aggregate: 'mean', of: entropyQuery(part), over: 'channel'});
}

/** A measure of every layer at an epoch. The matrix entropy is in the answer of the inter-sample entropy. */
export function layerText({name, column}: LayerMeasure, epoch: number): string {
  const part = {epochs: [epoch]};
  if (name !== undefined) return printQuery({measure: 'layer', name, slice: sliceOf(part)});
  if (column === 'intra_mean') return meanEntropyText(part);
  return printQuery(interSampleQuery(part));
}

/** Both class entropies, of one class or of each, over all epochs. */
export function classEntropyTexts(index: number | null): string[] {
  const classes = index === null ? 'each' : [index];
  const both = ['H(label|y)', 'H(y|label)'] as const;
  return both.map(measure => printQuery({measure, classes, epochs: 'all'}));
}

/** Feature maps of one channel for some samples. */
export function mapsText(of: {
  samples: readonly number[];
  layer: string;
  channel: number | 'all';
  epoch: number;
}): string {
  const {samples, layer, channel, epoch} = of;
  const channels = channel === 'all' ? channel : [channel];
  return printQuery({
    measure: 'dCNN',
    slice: {samples: {indices: [...samples]}, layers: [layer], channels, epochs: [epoch]},
  });
}

/** The capacity of every channel pair of two parts, also compared with `permutations` shuffles. */
export function capacityText(from: Part, to: Part, permutations = 0): string {
  return printQuery(capacityQuery(from, to, permutations > 0 ? {permutations} : {}));
}
