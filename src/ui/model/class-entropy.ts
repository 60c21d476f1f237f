import type {Columns} from '../../shared/index.js';
import {rowsOf} from './rows.js';
import {unionOfEpochs} from './epochs.js';

/** Class entropies over epochs; each list has one entry per class, each of those one per epoch. */
export interface ClassEntropies {
  epochs: number[];
  /** H(label | y = class), bits; null where undefined. */
  labelGivenPred: (number | null)[][];
  /** H(y | label = class), bits; null where undefined. */
  predGivenLabel: (number | null)[][];
  /** Why a value is null, e.g. `never-predicted`. */
  reasons: (string | null)[][];
}

/** Shapes the `class_entropy` table of a run; rows of classes outside 0..classes-1 are left out. */
export function classEntropies(table: Columns, classes: number): ClassEntropies {
  const rows = rowsOf('class_entropy', table);
  const epochs = unionOfEpochs([rows.map(row => row.epoch)]);
  const at = new Map(epochs.map((epoch, i) => [epoch, i]));
  const empty = <Value>(): (Value | null)[][] =>
    Array.from({length: classes}, () => epochs.map((): Value | null => null));
  const result = {
    epochs,
    labelGivenPred: empty<number>(),
    predGivenLabel: empty<number>(),
    reasons: empty<string>(),
  };
  for (const row of rows) {
    const i = at.get(row.epoch) ?? 0;
    if (row.class >= classes) continue;
    (result.labelGivenPred[row.class] ?? [])[i] = row.label_given_pred;
    (result.predGivenLabel[row.class] ?? [])[i] = row.pred_given_label;
    (result.reasons[row.class] ?? [])[i] = row.reason;
  }
  return result;
}

/** Where a class has no value at a captured epoch: the points that get a hollow mark. */
export function undefinedPoints(
  values: readonly (readonly (number | null)[])[],
): {series: number; index: number}[] {
  return values.flatMap((line, series) =>
    line.flatMap((value, index) => (value === null ? [{series, index}] : [])),
  );
}
