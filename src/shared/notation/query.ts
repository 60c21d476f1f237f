/**
 * A question to the hypercube dCNN(X, L, C, T), as the notation writes it. Nothing here knows a run: whether a layer
 * or an epoch exists is found out when the question is asked.
 */
export type Query = MeasureQuery | AggregateQuery;

export type MeasureQuery =
  | IntraSampleQuery
  | InterSampleQuery
  | LayerMeasureQuery
  | ClassEntropyQuery
  | CapacityQuery
  | FeatureMapsQuery;

/** `from..to:step`, both ends included; integers >= 0, from <= to, step >= 1. */
export interface IndexRange {
  from: number;
  to: number;
  step: number;
}

/** `*`, or a list of numbers and ranges in the order written; never empty. */
export type IndexSelector = 'all' | readonly (number | IndexRange)[];

/** Layers from one to another along the L axis, each end an index or a name. */
export interface LayerRange {
  from: number | string;
  to: number | string;
  step: number;
}

/** A number is a place on the L axis, a text the layer's name. */
export type LayerSelector = 'all' | readonly (number | string | LayerRange)[];

/** Classes: `each` is `label=*`, one result per class; a number is a class index, a text its name. */
export type ClassSelector = 'each' | readonly (number | string | IndexRange)[];

/** `all` (`*`) takes all samples together, `label=` splits them by class, numbers are probe samples. */
export type SampleSelector = 'all' | {labels: ClassSelector} | {indices: readonly (number | IndexRange)[]};

/** `dCNN(samples, layers, channels, epochs)`. */
export interface Slice {
  samples: SampleSelector;
  layers: LayerSelector;
  channels: IndexSelector;
  epochs: IndexSelector;
}

/** `H(dCNN(…), bins=32, range=layer)`: intra-sample entropy. */
export interface IntraSampleQuery {
  measure: 'H';
  slice: Slice;
  /** `range` is a rule, or `lo..hi` as two numbers. */
  options: {bins?: number; range?: 'layer' | 'channel' | 'map' | 'run' | readonly [lo: number, hi: number]};
}

/** `Hx(dCNN(…), k=15, kernel=paper)`: inter-sample entropy. */
export interface InterSampleQuery {
  measure: 'Hx';
  slice: Slice;
  options: {k?: number; kernel?: 'paper' | 'umap'};
}

/** `NAME(dCNN(…))`: a measure of whole layers, which `LAYER_MEASURES` names. */
export interface LayerMeasureQuery {
  measure: 'layer';
  name: string;
  slice: Slice;
}

/** `H(label | y)` and `H(y | label)`, of some classes (`H(label | y=3)`) at some epochs (`epoch=0..20`). */
export interface ClassEntropyQuery {
  measure: 'H(label|y)' | 'H(y|label)';
  classes: ClassSelector;
  epochs: IndexSelector;
}

/** `C(dCNN(…), dCNN(…), bins=32)`: channel capacity; `permutations` asks for a baseline, `seed` repeats it. */
export interface CapacityQuery {
  measure: 'C';
  from: Slice;
  to: Slice;
  options: {bins?: number; permutations?: number; seed?: number};
}

/** `dCNN(…)`: the feature maps themselves. */
export interface FeatureMapsQuery {
  measure: 'dCNN';
  slice: Slice;
}

export type Aggregate = 'mean' | 'max' | 'min' | 'std';
export type AggregateAxis = 'channel' | 'class' | 'epoch';

/** `mean(… over channel)`. Aggregates nest; feature maps have none. */
export interface AggregateQuery {
  aggregate: Aggregate;
  of: Exclude<Query, FeatureMapsQuery>;
  over: AggregateAxis;
}
