import type {Columns, PredictionsRow} from '../../shared/index.js';
import {rowsOf} from './rows.js';

/** The probe samples of one cell of the confusion matrix, the surest prediction first. */
export function samplesInCell(table: Columns, cell: {label: number; predicted: number}): PredictionsRow[] {
  return rowsOf('predictions', table)
    .filter(row => row.label === cell.label && row.predicted === cell.predicted)
    .sort((a, b) => (b.probability ?? -1) - (a.probability ?? -1) || a.sample - b.sample);
}
