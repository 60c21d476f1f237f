import type {LayerMeasure} from '../../shared/layer-measures.js';
import type {Query, Slice} from '../../shared/notation/query.js';
import {printQuery} from '../../shared/notation/print-query.js';

/** A part of the hypercube, in the terms of the page; what is left out is all of its axis. */
export interface Part {
  /** A class alone, or `each`: one result per class. */
  class?: number | 'each' | null;
  layers?: readonly string[];
  channels?: readonly number[];
  epochs?: readonly number[];
}

/** The notation's slice of a part. */
export function sliceOf({class: index, layers, channels, epochs}: Part): Slice {
  return {
    samples: index === undefined || index === null ? 'all' : {labels: index === 'each' ? 'each' : [index]},
    layers: layers ?? 'all',
    channels: channels ?? 'all',
    epochs: epochs ?? 'all',
  };
}

/** Intra-sample entropies of a part. */
export function entropyQuestion(part: Part): string {
  return printQuery({measure: 'H', slice: sliceOf(part), options: {}});
}

/** Mean intra-sample entropies of the channels of a part. */
export function meanEntropyQuestion(part: Part): string {
  const of = {measure: 'H', slice: sliceOf(part), options: {}} as const;
  return printQuery({aggregate: 'mean', of, over: 'channel'});
}

/** A measure of every layer at an epoch. The matrix entropy is in the answer of the inter-sample entropy. */
export function layerQuestion({name, column}: LayerMeasure, epoch: number): string {
  const part = {epochs: [epoch]};
  if (name !== undefined) return printQuery({measure: 'layer', name, slice: sliceOf(part)});
  if (column === 'intra_mean') return meanEntropyQuestion(part);
  return printQuery({measure: 'Hx', slice: sliceOf(part), options: {}});
}

/** Both class entropies, of one class or of each, over all epochs. */
export function classEntropyQuestions(index: number | null): string[] {
  const classes = index === null ? 'each' : [index];
  const both = ['H(label|y)', 'H(y|label)'] as const;
  return both.map(measure => printQuery({measure, classes, epochs: 'all'}));
}

/** The capacity of every channel pair of two parts, also compared with `permutations` shuffles. */
export function capacityQuestion(from: Part, to: Part, permutations = 0): string {
  const query: Query = {
    measure: 'C',
    from: sliceOf(from),
    to: sliceOf(to),
    options: permutations > 0 ? {permutations} : {},
  };
  return printQuery(query);
}
