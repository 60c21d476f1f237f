import type {CapacityQuery, InterSampleQuery, IntraSampleQuery, Slice} from './query.js';

/** A part of the hypercube; what is left out is all of its axis. */
export interface Part {
  /** A class alone, or `each`: one result per class. Null: the samples of all classes together. */
  class?: number | 'each' | null;
  layers?: readonly string[];
  channels?: readonly number[];
  epochs?: readonly number[];
}

/** Returns the notation's slice of a part. */
export function sliceOf({class: index, layers, channels, epochs}: Part): Slice {
  return {
    samples: index === undefined || index === null ? 'all' : {labels: index === 'each' ? 'each' : [index]},
    layers: layers ?? 'all',
    channels: channels ?? 'all',
    epochs: epochs ?? 'all',
  };
}

/** Returns the query for the intra-sample entropies of a part. */
export function entropyQuery(part: Part): IntraSampleQuery {
  return {measure: 'H', slice: sliceOf(part), options: {}};
}

/** Returns the query for the inter-sample entropies of a part. */
export function interSampleQuery(part: Part): InterSampleQuery {
  return {measure: 'Hx', slice: sliceOf(part), options: {}};
}

/** Returns the query for the capacity of every channel pair of two parts. */
export function capacityQuery(from: Part, to: Part, options: CapacityQuery['options'] = {}): CapacityQuery {
  return {measure: 'C', from: sliceOf(from), to: sliceOf(to), options};
}
