import {NO_LABEL, rowsOf, type LogsRow, type PredictionsRow, type Table} from '../../shared/index.js';

/** A prediction that is none: the output was NaN or infinite, and an earlier version took its first class for the answer. */
export type LostPrediction = Pick<PredictionsRow, 'epoch' | 'label' | 'predicted'>;

/** The predictions of a run that name a class although their output is not finite. */
export function lostPredictions(table: Table<Omit<PredictionsRow, 'sample'>>): LostPrediction[] {
  return rowsOf(table).filter(({predicted, probability}) => predicted !== NO_LABEL && probability === null);
}

/** Epochs at which the loss is NaN or infinite, ascending. */
export function lostEpochs(table: Table<LogsRow>): number[] {
  const rows = rowsOf(table).filter(({name, value}) => name === 'loss' && value === null);
  return rows.map(({epoch}) => epoch).sort((a, b) => a - b);
}
