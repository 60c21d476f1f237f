import {assertLength, assertPositiveInteger} from '../shared/index.js';

/**
 * Confusion matrix: how often each true label met each prediction.
 *
 * @param labels - True class of each sample, 0..classes - 1.
 * @param predicted - Predicted class of each sample, paired with `labels`.
 * @returns Counts, row-major, [classes, classes]: row = true label, column = prediction.
 * @throws {RangeError} if `classes` is not an integer >= 1, the lengths differ or a class index is out of range.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): Uint32Array {
  assertPositiveInteger('confusionMatrix', 'classes', classes);
  assertLength('confusionMatrix', 'predicted', predicted, labels.length);
  const counts = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    assertClass('labels', labels[i], classes);
    assertClass('predicted', predicted[i], classes);
    counts[labels[i] * classes + predicted[i]]++;
  }
  return counts;
}

function assertClass(name: string, value: number, classes: number): void {
  if (Number.isInteger(value) && value >= 0 && value < classes) return;
  throw new RangeError(`confusionMatrix: ${name} must be class indices in 0..${classes - 1}, got ${value}.`);
}
