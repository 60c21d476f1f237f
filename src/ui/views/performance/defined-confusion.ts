import type {RunInfo} from '../../../shared/index.js';
import {completed, emptied, type Confusion} from '../../model/confusion.js';
import {count, plural} from '../../model/format.js';
import type {LostPrediction} from '../../model/lost-predictions.js';

/**
 * The matrix of what was predicted; outputs that are NaN or infinite predict nothing.
 *
 * @param options.info - Of the matrix's run; null while it is not known.
 * @param options.lost - Predictions of the probe at this epoch that are none.
 */
export function definedConfusion(
  stored: Confusion,
  names: readonly string[],
  {info, lost}: {info: RunInfo | null; lost: readonly LostPrediction[]},
): Confusion {
  const classes = names.length;
  if (info === null) return completed(stored, {classes});
  const evaluated = info.evaluation.samples;
  if (info.evaluation.source === 'probe') return completed(stored, {classes, evaluated, lost});
  // The matrix counts other samples than the probe's: where none of those has a prediction, none of these has.
  const isLost = lost.length > 0 && lost.length === info.probe.samples;
  return completed(isLost ? emptied(stored) : stored, {classes, evaluated});
}

/** What of the matrix is missing, and why. */
export function undefinedText({total, undefined: lost}: Confusion): string {
  const outputs = `the model's output is NaN or infinite for ${count(lost)} of ${plural(total + lost, 'sample')}`;
  return total === 0
    ? `No prediction is defined at this epoch: ${outputs}. Nothing is right or wrong.`
    : `${outputs.replace('the', 'The')}: they predict no class, and are in no cell.`;
}
