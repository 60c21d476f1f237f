import {assertLength, assertPositiveInteger} from '../shared/index.js';
import {shannonEntropy} from './shannon-entropy.js';

/** Result of {@link classEntropies}: one value per class, and means over classes. */
export interface ClassEntropies {
  /** H(label | y = i), bits, of each predicted class i: entropy of column i; null where `neverPredicted`. */
  labelGivenPred: (number | null)[];
  /** H(y | label = i), bits, of each true class i: entropy of row i; null where `neverSeen`. */
  predGivenLabel: (number | null)[];
  /** The class is in no prediction. */
  neverPredicted: boolean[];
  /** The class is in no label. */
  neverSeen: boolean[];
  /** H(label | y), bits: mean of `labelGivenPred` weighted by p(y). This and all below: null without samples. */
  hLabelGivenPred: number | null;
  /** H(y | label), bits: mean of `predGivenLabel` weighted by p(label). */
  hPredGivenLabel: number | null;
  /** H(label), bits. */
  hLabel: number | null;
  /** H(y), bits. */
  hPred: number | null;
  /** H(label) - H(label | y), bits: what a prediction tells of the label; 0 <= it <= hLabel. */
  mutualInformation: number | null;
}

/**
 * Conditional entropies of labels and predictions, per class and on average, from a confusion matrix.
 *
 * All in bits, 0..log2(classes). A low H(label | y = i) means that a prediction of i tells the label, which need not
 * be i; a low H(y | label = i) means that samples of class i are predicted alike, rightly or wrongly.
 *
 * @param confusion - Counts >= 0, row-major, [classes, classes]: row = true label, column = prediction.
 * @throws {RangeError} if `classes` is not an integer >= 1, or `confusion` has another length or a negative or
 *   non-finite count.
 * @see Shen & Shen 2020, section 5.2.
 */
export function classEntropies(confusion: ArrayLike<number>, classes: number): ClassEntropies {
  assertPositiveInteger('classEntropies', 'classes', classes);
  assertLength('classEntropies', 'confusion', confusion, classes * classes);
  const rows = Array.from({length: classes}, () => new Float64Array(classes));
  const columns = Array.from({length: classes}, () => new Float64Array(classes));
  const labelCounts = new Float64Array(classes);
  const predCounts = new Float64Array(classes);
  for (let label = 0; label < classes; label++) {
    for (let pred = 0; pred < classes; pred++) {
      const count = confusion[label * classes + pred];
      assertCount(count, label, pred);
      rows[label][pred] = count;
      columns[pred][label] = count;
      labelCounts[label] += count;
      predCounts[pred] += count;
    }
  }
  const labelGivenPred = columns.map(shannonEntropy);
  const predGivenLabel = rows.map(shannonEntropy);
  const hLabel = shannonEntropy(labelCounts);
  const hLabelGivenPred = weightedMean(labelGivenPred, predCounts);
  return {
    labelGivenPred,
    predGivenLabel,
    neverPredicted: labelGivenPred.map(bits => bits === null),
    neverSeen: predGivenLabel.map(bits => bits === null),
    hLabelGivenPred,
    hPredGivenLabel: weightedMean(predGivenLabel, labelCounts),
    hLabel,
    hPred: shannonEntropy(predCounts),
    mutualInformation:
      hLabel === null || hLabelGivenPred === null ? null : Math.max(0, hLabel - hLabelGivenPred),
  };
}

function assertCount(count: number, label: number, pred: number): void {
  if (count >= 0 && count < Infinity) return;
  throw new RangeError(
    `classEntropies: confusion must hold finite counts >= 0, got ${count} at row ${label}, column ${pred}.`,
  );
}

/** Mean of the defined values, each weighted by its count; null where the counts sum to 0. */
function weightedMean(values: (number | null)[], counts: Float64Array): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += (values[i] ?? 0) * counts[i]; // an undefined value has count 0
    total += counts[i];
  }
  return total > 0 ? sum / total : null;
}
