import {LAYER_TABLES} from './layer-measures.js';
import {anyClass, epoch, layer, sampleCounts} from './layer-table.js';
import type {Reason} from './reason.js';
import {bits, column, reason, type TableColumn} from './table-column.js';

/*
 * The metric tables of a run, as data: one Parquet file per table and epoch, columns in this order. Row types, files,
 * answers over HTTP and the tables in docs/run-folder.md are generated from these. Undefined is null, with a reason where
 * one number can be undefined for several reasons.
 */

/** The columns of every metric table: type, unit and a line of text each. The row types come from it. */
export const TABLE_SCHEMAS = {
  logs: {
    epoch,
    name: column('string', 'As TensorFlow.js names it: loss, acc, val_loss, …'),
    value: column('double?', 'Value at the end of the epoch'),
  },
  confusion: {
    epoch,
    label: column('int32', 'Index of the true class'),
    predicted: column('int32', 'Index of the predicted class'),
    count: column('int32', 'Samples of the evaluation set; those whose output is not finite are in no cell'),
  },
  class_entropy: {
    epoch,
    class: column('int32', 'Index of the class'),
    label_given_pred: bits("H(label | y = class): entropy of the class's column of the confusion matrix"),
    pred_given_label: bits("H(y | label = class): entropy of the class's row of the confusion matrix"),
    reason: reason<string>(
      ['label_given_pred', 'pred_given_label'],
      'never-predicted, never-seen, non-finite (the outputs are NaN or infinite), two of them joined by a comma, or null',
    ),
  },
  channel_entropy: {
    epoch,
    layer,
    channel: column('int32', 'Index of the channel'),
    class: anyClass,
    mean: bits('Mean intra-sample entropy of the valid samples'),
    std: bits('Its population standard deviation over the valid samples'),
    dead: column('double?', 'Share of valid maps that are constant, 0..1'),
    zeros: column('double?', 'Share of zeros among the values of the valid maps, 0..1'),
    n: column('int32', 'Valid samples'),
    range: column('string', 'Range rule of the histograms: layer, channel, map, or lo..hi'),
    bins: column('int32', 'Bins of the histograms'),
    reason: reason<Reason>(['mean'], 'Why mean is null'),
  },
  layer_entropy: {
    epoch,
    layer,
    class: anyClass,
    bits: bits('Inter-sample entropy'),
    log2_edges: bits('Its ceiling: log2 of the number of ordered pairs with P > 0'),
    k: column('int32', 'Nearest neighbours'),
    ...sampleCounts,
    clamped: column('int32', 'Points with more than log2(k) neighbours at distance 0'),
    matrix_bits: bits("Von Neumann entropy of the centred, trace-normalised Gram matrix; not the paper's"),
    intra_mean: bits(
      'Mean intra-sample entropy over channels; of a dense layer that of its vector as one map',
    ),
    min: column('double?', 'Smallest finite activation'),
    max: column('double?', 'Largest finite activation'),
    reason: reason<Reason>(['bits'], 'Why bits is null; where bits is known, why matrix_bits is'),
  },
  predictions: {
    epoch,
    sample: column('int32', 'Place in the probe'),
    label: column('int32', 'Index of the true class'),
    predicted: column('int32', 'Index of the predicted class; -1 where the output is not finite'),
    probability: column(
      'double?',
      "The output's value at the predicted class: a probability after a softmax",
    ),
  },
  training_set: {
    epoch,
    layer,
    given: column('int32', 'Samples that the training set was said to have'),
    bits: bits('Inter-sample entropy of the inputs'),
    log2_edges: bits('Its ceiling: log2 of the number of ordered pairs with P > 0'),
    k: column('int32', 'Nearest neighbours'),
    ...sampleCounts,
    clamped: column('int32', 'Points with more than log2(k) neighbours at distance 0'),
    reason: reason<Reason>(['bits'], 'Why bits is null'),
  },
  ...LAYER_TABLES,
  // Symmetric: H(X) - H(X|Y) = H(Y) - H(Y|X).
  capacity: {
    epoch,
    from_layer: column('string', 'Layer of X'),
    from_channel: column('int32', 'Channel of X'),
    to_layer: column('string', 'Layer of Y'),
    to_channel: column('int32', 'Channel of Y'),
    class: anyClass,
    bits: bits('Channel capacity H(X) - H(X|Y)'),
    hx: bits('Entropy of the binned distances within X'),
    hy: bits('Entropy of the binned distances within Y'),
    n: column('int32', 'Samples'),
    pairs: column('int32', 'Unordered pairs of samples'),
    bins: column('int32', 'Bins along either side'),
    miller_madow: bits('Capacity less the Miller-Madow estimate of its bias; may be below 0'),
    baseline_mean: bits('Mean capacity with the samples of Y shuffled'),
    baseline_p95: bits('Its 95th percentile over the permutations'),
    p: column(
      'double?',
      '(b + 1) / (m + 1), with b of the m permutations at least bits; null without permutations',
    ),
    permutations: column('int32', 'Permutations, m'),
    reason: reason<Reason>(['bits'], 'Why bits is null'),
  },
};

type Schemas = typeof TABLE_SCHEMAS;

/** Name of a table of a run: one of those of each epoch, or the derived `capacity`. */
export type TableName = keyof Schemas;

/** A row of each table. */
export type TableRows = {
  [T in TableName]: {[C in keyof Schemas[T]]: Schemas[T][C] extends TableColumn<infer Cell> ? Cell : never};
};

/** One value that the training logged at the end of an epoch. */
export type LogsRow = TableRows['logs'];
/** One cell of the confusion matrix of an epoch. */
export type ConfusionRow = TableRows['confusion'];
/** Entropies of one class at an epoch, or of all (`class` null). */
export type ClassEntropyRow = TableRows['class_entropy'];
/** Intra-sample entropy of one channel at an epoch, over a class or all samples. */
export type ChannelEntropyRow = TableRows['channel_entropy'];
/** Inter-sample and matrix entropy of one layer at an epoch, over a class or all samples. */
export type LayerEntropyRow = TableRows['layer_entropy'];
/** The model's answer to one probe sample at an epoch. */
export type PredictionsRow = TableRows['predictions'];
/** Inter-sample entropy of one input over the training set. */
export type TrainingSetRow = TableRows['training_set'];
/** Capacity of one pair of channels at an epoch. */
export type CapacityRow = TableRows['capacity'];

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLE_SCHEMAS, name);
}

/** @throws {RangeError} if there is no such table. */
export function tableColumns(table: string): [name: string, column: TableColumn][] {
  if (!isTableName(table)) {
    throw new RangeError(
      `There is no table ${table}; the tables are ${Object.keys(TABLE_SCHEMAS).join(', ')}.`,
    );
  }
  return Object.entries<TableColumn>(TABLE_SCHEMAS[table]);
}
