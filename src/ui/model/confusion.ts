import type {ConfusionRow, Grid, Table} from '../../shared/index.js';
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

/** What is known of a matrix besides its table. */
export interface ConfusionOptions {
  /** Minimum size; default as many as the rows name. */
  classes?: number;
  /** Samples evaluated; default: those in the table. */
  evaluated?: number;
  /** Predictions of the same samples that are none, and are counted in the table all the same. */
  lost?: readonly LostPrediction[];
}

/** Builds the matrix from rows of the `confusion` table of one epoch; cells without a row count 0. */
export function confusionMatrix(
  {columns, rows}: Table<ConfusionRow>,
  options: ConfusionOptions = {},
): Confusion {
  const [labels, predictions] = [columns.label.values, columns.predicted.values];
  const numbers = columns.count.values;
  let last = -1;
  for (let at = 0; at < rows; at++) last = Math.max(last, labels[at] as number, predictions[at] as number);
  const size = last + 1;
  const counts = new Uint32Array(size * size);
  for (let at = 0; at < rows; at++)
    counts[(labels[at] as number) * size + (predictions[at] as number)] = numbers[at] as number;
  return completed(withSums(size, counts), options);
}

/** The matrix with classes that its rows do not name, which count 0, and without predictions that are none. */
export function completed(
  matrix: Confusion,
  {classes: minClasses = 0, evaluated, lost = []}: ConfusionOptions,
): Confusion {
  const defined = minClasses <= matrix.classes && lost.length === 0 ? matrix : copied();
  const all = evaluated ?? defined.total + lost.length;
  return {...defined, undefined: Math.max(0, all - defined.total)};

  function copied(): Confusion {
    const classes = Math.max(minClasses, matrix.classes);
    const counts = new Uint32Array(classes * classes);
    for (let row = 0; row < matrix.classes; row++) {
      const from = row * matrix.classes;
      counts.set(matrix.counts.subarray(from, from + matrix.classes), row * classes);
    }
    for (const {label, predicted} of lost) {
      const cell = label * classes + predicted;
      counts[cell] = Math.max(0, (counts[cell] ?? 0) - 1);
    }
    return withSums(classes, counts);
  }
}

/** A matrix of as many classes, in which nothing is counted. */
export function emptied({classes}: Confusion): Confusion {
  return withSums(classes, new Uint32Array(classes * classes));
}

function withSums(classes: number, counts: Uint32Array): Confusion {
  const rowTotals = new Uint32Array(classes);
  const columnTotals = new Uint32Array(classes);
  let [correct, total] = [0, 0];
  for (let label = 0, at = 0; label < classes; label++) {
    let sum = 0;
    for (let predicted = 0; predicted < classes; predicted++, at++) {
      const count = counts[at] as number;
      sum += count;
      columnTotals[predicted] = (columnTotals[predicted] as number) + count;
    }
    rowTotals[label] = sum;
    total += sum;
    correct += counts[label * (classes + 1)] as number;
  }
  return {classes, counts, rowTotals, columnTotals, total, correct, undefined: 0};
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
  values: Grid['values'];
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
  // Counts are coloured on the scale of the fullest row, so that epochs of one run are comparable.
  const most = mode === 'counts' ? rowTotals.reduce((full, total) => Math.max(full, total), 1) : 1;
  if (scale === 'linear' && mode === 'counts') return {values: counts, end: most, of: amount => amount};
  const amounts = mode === 'counts' ? new Float64Array(counts) : rowShares(matrix);
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
