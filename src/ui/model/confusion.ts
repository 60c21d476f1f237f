import type {ConfusionRow, Table} from '../../shared/index.js';
import type {LostPrediction} from './lost-predictions.js';

/** Confusion matrix of one epoch: rows true, columns predicted. */
export interface Confusion {
  classes: number;
  /** Row-major, shape [classes, classes]. */
  counts: Uint32Array;
  /** Samples per true class. */
  rowTotals: Uint32Array;
  /** Predictions per class. */
  columnTotals: Uint32Array;
  total: number;
  /** Samples on the diagonal. */
  correct: number;
  /** Samples for which the model's output names no class, as it is NaN or infinite; they are in no cell. */
  undefined: number;
}

export interface ConfusionOptions {
  classes: number;
  /** Samples evaluated; default: those in the table. */
  evaluated?: number;
  /** Predictions of the same samples that are none, and are counted in the table all the same. */
  lost?: readonly LostPrediction[];
}

/**
 * Builds the matrix from rows of the `confusion` table of one epoch; cells without a row count 0.
 *
 * @throws {RangeError} if a row names a class outside 0..classes-1.
 */
export function confusionMatrix(
  table: Table<ConfusionRow>,
  {classes, evaluated, lost = []}: ConfusionOptions,
): Confusion {
  const counts = new Uint32Array(classes * classes);
  const lostIn = new Map<number, number>();
  for (const {label, predicted} of lost) {
    const cell = label * classes + predicted;
    lostIn.set(cell, (lostIn.get(cell) ?? 0) + 1);
  }
  const rowTotals = new Uint32Array(classes);
  const columnTotals = new Uint32Array(classes);
  const {columns, rows} = table;
  const [labels, predictions, numbers] = [
    columns.label.values,
    columns.predicted.values,
    columns.count.values,
  ];
  let [correct, total] = [0, 0];
  for (let at = 0; at < rows; at++) {
    const label = labels[at] as number;
    const predicted = predictions[at] as number;
    const lostHere = lostIn.get(label * classes + predicted) ?? 0;
    const count = Math.max(0, (numbers[at] as number) - lostHere);
    if (label >= classes || predicted >= classes) {
      throw new RangeError(
        `confusionMatrix: classes must be below ${classes}, got ${label} and ${predicted}.`,
      );
    }
    counts[label * classes + predicted] = count;
    rowTotals[label] = (rowTotals[label] as number) + count;
    columnTotals[predicted] = (columnTotals[predicted] as number) + count;
    total += count;
    if (label === predicted) correct += count;
  }
  const all = evaluated ?? total + lost.length;
  return {classes, counts, rowTotals, columnTotals, total, correct, undefined: Math.max(0, all - total)};
}

/** Each cell's share of its row, 0..1, shape [classes, classes]; NaN in the row of a class without samples. */
export function rowShares({classes, counts, rowTotals}: Confusion): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let row = 0, at = 0; row < classes; row++) {
    const total = rowTotals[row] as number;
    for (const end = at + classes; at < end; at++) shares[at] = (counts[at] as number) / total;
  }
  return shares;
}

/** How counts or shares become colours: in proportion, by their logarithm, or without the diagonal. */
export type ConfusionScale = 'linear' | 'log' | 'errors';

/** Smallest share that the logarithmic scale distinguishes. */
const minShare = 1e-3;

/** What is coloured. */
export interface ConfusionColours {
  /** Shape [classes, classes], 0 up to `end`; NaN is undefined, or left out. */
  values: Float64Array;
  end: number;
  /** Value of `values` for a count or share, for a legend. */
  of: (amount: number) => number;
}

/** The value that each cell is coloured by; on the scale of errors it ends at the largest error. */
export function confusionColours(
  matrix: Confusion,
  mode: 'counts' | 'shares',
  scale: ConfusionScale,
): ConfusionColours {
  const {classes, counts, rowTotals} = matrix;
  const amounts = mode === 'counts' ? new Float64Array(counts) : rowShares(matrix);
  // Counts are coloured on the scale of the fullest row, so that epochs of one run are comparable.
  const most = mode === 'counts' ? rowTotals.reduce((full, total) => Math.max(full, total), 1) : 1;
  if (scale === 'linear') return {values: amounts, end: most, of: amount => amount};
  if (scale === 'errors') {
    for (let i = 0; i < classes; i++) amounts[i * (classes + 1)] = Number.NaN;
    const worst = amounts.reduce((worst, amount) => (amount > worst ? amount : worst), 0);
    return {values: amounts, end: worst > 0 ? worst : most, of: amount => amount};
  }
  const least = mode === 'counts' ? 1 : minShare;
  // The smallest amount is a tenth of the way, to be seen beside none.
  const decades = Math.max(1, Math.log10(most / least));
  const of = (amount: number): number =>
    amount > 0 ? 0.1 + 0.9 * Math.max(0, Math.log10(amount / least) / decades) : amount;
  for (let at = 0; at < amounts.length; at++) if (amounts[at] !== 0) amounts[at] = of(amounts[at] as number);
  return {values: amounts, end: 1, of};
}
