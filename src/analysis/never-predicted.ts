import type {ClassEntropyRow} from '../shared/index.js';

/** A class that the model did not answer even once, and when. */
export interface NeverPredicted {
  /** Class index. */
  class: number;
  /** Epochs in which no sample was predicted as this class, ascending. */
  epochs: number[];
}

/**
 * Classes with an empty column of the confusion matrix in at least one epoch, in class order. A class of which there is no
 * sample is not missed.
 *
 * @param classEntropy - Rows of the `class_entropy` table, in any order.
 */
export function neverPredicted(classEntropy: readonly ClassEntropyRow[]): NeverPredicted[] {
  const epochsByClass = new Map<number, number[]>();
  for (const row of classEntropy) {
    const reasons = row.reason?.split(',') ?? [];
    if (!reasons.includes('never-predicted') || reasons.includes('never-seen')) continue;
    const epochs = epochsByClass.get(row.class);
    if (epochs === undefined) epochsByClass.set(row.class, [row.epoch]);
    else epochs.push(row.epoch);
  }
  return [...epochsByClass]
    .map(([index, epochs]) => ({class: index, epochs: epochs.sort((a, b) => a - b)}))
    .sort((a, b) => a.class - b.class);
}
