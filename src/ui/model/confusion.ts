import {rowsOf, type ConfusionRow, type Table} from '../../shared/index.js';

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
}

/**
 * Builds the matrix from rows of the `confusion` table of one epoch; cells without a row count 0.
 *
 * @throws {RangeError} if a row names a class outside 0..classes-1.
 */
export function confusionMatrix(table: Table<ConfusionRow>, classes: number): Confusion {
  const counts = new Uint32Array(classes * classes);
  const rowTotals = new Uint32Array(classes);
  const columnTotals = new Uint32Array(classes);
  let correct = 0;
  for (const {label, predicted, count} of rowsOf(table)) {
    if (label >= classes || predicted >= classes) {
      throw new RangeError(
        `confusionMatrix: classes must be below ${classes}, got ${label} and ${predicted}.`,
      );
    }
    counts[label * classes + predicted] = count;
    rowTotals[label] = (rowTotals[label] ?? 0) + count;
    columnTotals[predicted] = (columnTotals[predicted] ?? 0) + count;
    if (label === predicted) correct += count;
  }
  return {classes, counts, rowTotals, columnTotals, total: rowTotals.reduce((sum, n) => sum + n, 0), correct};
}

/** Each cell's share of its row, 0..1, shape [classes, classes]; NaN in the row of a class without samples. */
export function rowShares({classes, counts, rowTotals}: Confusion): Float64Array {
  return Float64Array.from(counts, (count, i) => count / (rowTotals[Math.floor(i / classes)] ?? 0));
}
