/**
 * The metric tables of a run: one Parquet file per table and epoch, columns as named here.
 * Undefined is `null`, with the reason beside it where one number can be undefined for several reasons.
 */

/** Why a measure has no value. */
export type Reason =
  | 'never-predicted' // the class is in no prediction: its column of the confusion matrix is empty
  | 'never-seen' // the class is in no label: its row is empty
  | 'single-value' // one value per map (a dense unit): a histogram of one value says nothing
  | 'no-samples' // the class or set has no sample
  | 'non-finite' // every sample holds a NaN or an Infinity
  | 'too-few-samples' // fewer samples than the estimator needs
  | 'no-edges' // the neighbour graph has no edge of weight > 0
  | 'no-variance' // all samples are equal
  | 'failed' // the measure threw; the recorder warned of it
  | 'not-recorded'; // the version that wrote the run did not store it

export interface LogsRow {
  epoch: number;
  /** As tfjs names it: `loss`, `acc`, `val_loss`, … */
  name: string;
  value: number | null;
}

export interface ConfusionRow {
  epoch: number;
  /** True class index. */
  label: number;
  predicted: number;
  count: number;
}

export interface ClassEntropyRow {
  epoch: number;
  class: number;
  /** H(label | y = class), bits: the entropy of the class's column. */
  label_given_pred: number | null;
  /** H(y | label = class), bits: the entropy of the class's row. */
  pred_given_label: number | null;
  /** `never-predicted`, `never-seen`, both joined by `,`, or null. */
  reason: string | null;
}

export interface ChannelEntropyRow {
  epoch: number;
  layer: string;
  channel: number;
  /** Class index; null is all samples. */
  class: number | null;
  /** Mean intra-sample entropy over the valid samples, bits. */
  mean: number | null;
  /** Population standard deviation over the valid samples, bits. */
  std: number | null;
  /** Share of valid maps that are constant, 0..1. */
  dead: number | null;
  /** Share of zeros among the values of the valid maps, 0..1. */
  zeros: number | null;
  /** Valid samples. */
  n: number;
  /** The range rule, e.g. `layer`. */
  range: string;
  bins: number;
  reason: Reason | null;
}

export interface LayerEntropyRow {
  epoch: number;
  layer: string;
  /** Class index; null is all samples. */
  class: number | null;
  /** Inter-sample entropy, bits. */
  bits: number | null;
  /** Its ceiling: log2 of the number of ordered pairs with P > 0. */
  log2_edges: number | null;
  k: number;
  n: number;
  /** Non-finite samples left out. */
  invalid: number;
  /** Points with more than log2(k) neighbours at distance 0. */
  clamped: number;
  /** Von Neumann entropy of the centred, trace-normalised Gram matrix, bits: ours, not the paper's. */
  matrix_bits: number | null;
  /** Mean over channels of the intra-sample entropy, bits; for a dense layer the entropy of its vector as one map. */
  intra_mean: number | null;
  /** Smallest and largest finite activation. */
  min: number | null;
  max: number | null;
  /** Why `bits` is null; where it is known, why `matrix_bits` is. */
  reason: Reason | null;
}

/** Prediction of the classifying output for each probe sample. */
export interface PredictionsRow {
  epoch: number;
  sample: number;
  label: number;
  predicted: number;
  /** The output's value at `predicted`: a probability after a softmax. */
  probability: number | null;
}

/** Channel capacity of one channel pair. The table is symmetric: H(X) - H(X|Y) = H(Y) - H(Y|X). */
export interface CapacityRow {
  epoch: number;
  from_layer: string;
  from_channel: number;
  to_layer: string;
  to_channel: number;
  /** Class index; null is all samples. */
  class: number | null;
  /** Capacity, bits. */
  bits: number | null;
  /** Entropy of the binned distances within either channel, bits. */
  hx: number | null;
  hy: number | null;
  /** Samples, and unordered pairs of them. */
  n: number;
  pairs: number;
  bins: number;
  /** Capacity less the Miller-Madow estimate of its bias, bits; it may be below 0. */
  miller_madow: number | null;
  /** With the samples of the second layer shuffled: mean and 95th percentile over `permutations` draws, bits. */
  baseline_mean: number | null;
  baseline_p95: number | null;
  /** (b + 1) / (m + 1), with b of the m permutations at least `bits`; null without permutations. */
  p: number | null;
  permutations: number;
  reason: Reason | null;
}

export interface TableRows {
  logs: LogsRow;
  confusion: ConfusionRow;
  class_entropy: ClassEntropyRow;
  channel_entropy: ChannelEntropyRow;
  layer_entropy: LayerEntropyRow;
  predictions: PredictionsRow;
  capacity: CapacityRow;
}

export type TableName = keyof TableRows;
