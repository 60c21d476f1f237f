import {meanOfDefined} from '../../shared/mean.js';
import type {ClassEntropyRow, Finding, RunInfo} from '../../shared/index.js';

/** Maximum distance of the mean from its final value to count as stable, bits. */
const TOLERANCE = 0.1;
/** Fewer captured epochs do not tell whether anything has come to rest. */
const MIN_EPOCHS = 4;

/**
 * The epoch from which on H(label | y), averaged over the classes, stays near its final value.
 *
 * @param rows - `class_entropy` of all epochs.
 */
export function stableLabelEntropy(
  rows: readonly ClassEntropyRow[],
  {evaluation}: Pick<RunInfo, 'evaluation'>,
): Finding[] {
  const epochs = [...new Set(rows.map(row => row.epoch))].sort((a, b) => a - b);
  const means = epochs.map(epoch => meanOf(rows.filter(row => row.epoch === epoch)));
  const final = means.at(-1);
  if (epochs.length < MIN_EPOCHS || final === undefined || final === null) return [];
  let at = epochs.length - 1;
  for (; at > 0; at--) {
    const before = means[at - 1];
    if (before === undefined || before === null || Math.abs(before - final) > TOLERANCE) break;
  }
  const epoch = epochs[at] as number;
  const rested = epochs.length - at;
  const moving = rested < 3;
  return [
    {
      kind: 'stable-label-entropy',
      level: moving ? 'attention' : 'note',
      title: moving
        ? `H(label | y) has not come to rest by epoch ${epochs.at(-1)}: it is ${final.toFixed(2)} bits, and changed by more than ${TOLERANCE} lately`
        : `H(label | y) is stable from epoch ${epoch} on, at ${final.toFixed(2)} bits (mean over classes, within ${TOLERANCE})`,
      epoch,
      evidence: 'mean(H(label | y) over class)',
      basis: {n: evaluation.samples, tolerance: TOLERANCE, epochs: epochs.length},
      confidence: {
        grade: rested >= 5 || moving ? 'high' : 'moderate',
        why: `${rested} of ${epochs.length} captured epochs lie within ${TOLERANCE} bits of the last, on ${evaluation.samples} samples`,
      },
    },
  ];
}

/** Over the classes that are predicted at all. */
function meanOf(rows: readonly ClassEntropyRow[]): number | null {
  return meanOfDefined(rows.map(row => row.label_given_pred));
}
