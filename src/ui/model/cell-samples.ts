import {filterRows, rowsOf, type PredictionsRow, type Table} from '../../shared/index.js';

/** The probe samples of one cell of the confusion matrix, the surest prediction first. */
export function samplesInCell(
  table: Table<PredictionsRow>,
  cell: {label: number; predicted: number},
): PredictionsRow[] {
  return rowsOf(filterRows(table, cell)).sort(
    (a, b) => (b.probability ?? -1) - (a.probability ?? -1) || a.sample - b.sample,
  );
}
