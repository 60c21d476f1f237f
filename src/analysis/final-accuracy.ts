import type {LogsRow} from '../shared/index.js';

/** One logged accuracy, with the epoch and the tfjs name it was logged under. */
export interface LoggedAccuracy {
  /** Share of right predictions, 0..1, as the fit logged it. */
  value: number;
  epoch: number;
  /** The log's name: `acc`, `accuracy`, `val_acc`, … */
  name: string;
}

/** Accuracy that the training logged at the last epoch. */
export interface FinalAccuracy {
  /** Null where the model was compiled without an accuracy metric. */
  train: LoggedAccuracy | null;
  /** Null also where the fit had no validation data. */
  validation: LoggedAccuracy | null;
}

/** tfjs logs the metric under the name that the model was compiled with. */
const METRIC_NAMES = [
  'acc',
  'accuracy',
  'categoricalAccuracy',
  'sparseCategoricalAccuracy',
  'binaryAccuracy',
];

/**
 * The accuracies of the last epoch that logged them.
 *
 * @param logs - Rows of the `logs` table, in any order; rows without a value are passed over.
 */
export function finalAccuracy(logs: readonly LogsRow[]): FinalAccuracy {
  return {
    train: lastOf(logs, METRIC_NAMES),
    validation: lastOf(
      logs,
      METRIC_NAMES.map(name => `val_${name}`),
    ),
  };
}

function lastOf(logs: readonly LogsRow[], names: readonly string[]): LoggedAccuracy | null {
  let last: LoggedAccuracy | null = null;
  for (const {epoch, name, value} of logs) {
    if (value === null || !names.includes(name)) continue;
    if (last === null || epoch > last.epoch) last = {value, epoch, name};
  }
  return last;
}
