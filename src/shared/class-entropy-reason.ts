/** H(label | y), or H(y | label). */
export type ClassEntropyMeasure = 'label_given_pred' | 'pred_given_label';

/**
 * Why one of the two class entropies is undefined. A class can be both never predicted and never seen, and the outputs
 * for its samples can be lost: the column `reason` has all of it, each measure is undefined for its own.
 *
 * @param reason - A cell of the column.
 * @returns Null where the column gives none.
 */
export function classEntropyReason(reason: string | null, measure: ClassEntropyMeasure): string | null {
  const ofTheOther = measure === 'label_given_pred' ? 'never-seen' : 'never-predicted';
  return reason?.split(',').find(name => name !== ofTheOther) ?? null;
}
