import {rowsOf, type ClassEntropyRow, type Table} from '../../shared/index.js';
import {classEntropyReason} from '../../shared/class-entropy-reason.js';
import {meanOfDefined} from '../../shared/mean.js';
import {alignToEpochs, unionOfEpochs} from './epochs.js';

/** H(label | y), or H(y | label). */
export type EntropyMeasure = 'labelGivenPred' | 'predGivenLabel';

const columns = {labelGivenPred: 'label_given_pred', predGivenLabel: 'pred_given_label'} as const;

export interface EntropyLine {
  /** Bits, one per epoch; null where undefined, undefined where the run has no such epoch. */
  values: (number | null | undefined)[];
  /** Why a value is undefined, or what a mean leaves out: those points are marked. */
  notes: (string | null | undefined)[];
}

/** Both class entropies over the same epochs, as many lines of each. */
export interface ClassEntropies extends Record<EntropyMeasure, EntropyLine[]> {
  epochs: number[];
}

/** Shapes the `class_entropy` table of a run: a line per class; rows of classes outside 0..classes-1 are left out. */
export function classEntropies(table: Table<ClassEntropyRow>, classes: number): ClassEntropies {
  const rows = rowsOf(table);
  const epochs = unionOfEpochs([rows.map(row => row.epoch)]);
  const at = new Map(epochs.map((epoch, i) => [epoch, i]));
  const empty = (): EntropyLine[] =>
    Array.from({length: classes}, () => ({
      values: epochs.map(() => null),
      notes: epochs.map(() => 'not recorded'),
    }));
  const result = {epochs, labelGivenPred: empty(), predGivenLabel: empty()};
  for (const row of rows) {
    const i = at.get(row.epoch) ?? 0;
    for (const measure of ['labelGivenPred', 'predGivenLabel'] as const) {
      const line = result[measure][row.class];
      if (!line) continue;
      const value = row[columns[measure]];
      line.values[i] = value;
      line.notes[i] = value === null ? reasonInWords(row, measure) : null;
    }
  }
  return result;
}

/**
 * Compares runs: a line per run, over the epochs of all.
 *
 * @param index - The class; null is the mean of the classes that have a value, with a note where some have none.
 */
export function entropiesOfRuns(runs: readonly ClassEntropies[], index: number | null): ClassEntropies {
  const epochs = unionOfEpochs(runs.map(run => run.epochs));
  const linesOf = (measure: EntropyMeasure) =>
    runs.map(run => {
      const line = index === null ? meanLine(run[measure], run.epochs.length) : run[measure][index];
      return {
        values: alignToEpochs(epochs, run.epochs, line?.values ?? []),
        notes: alignToEpochs(epochs, run.epochs, line?.notes ?? []),
      };
    });
  return {epochs, labelGivenPred: linesOf('labelGivenPred'), predGivenLabel: linesOf('predGivenLabel')};
}

/** The points that get a hollow mark, as indices of line and epoch. */
export function markedPoints(lines: readonly EntropyLine[]): {series: number; index: number}[] {
  return lines.flatMap(({notes}, series) =>
    [...notes.keys()].filter(index => (notes[index] ?? null) !== null).map(index => ({series, index})),
  );
}

const words: Record<string, string> = {'non-finite': 'output NaN or infinite'};

function reasonInWords({reason}: ClassEntropyRow, measure: EntropyMeasure): string {
  const own = classEntropyReason(reason, columns[measure]) ?? 'undefined';
  return words[own] ?? own.replace('-', ' ');
}

function meanLine(lines: readonly EntropyLine[], epochs: number): EntropyLine {
  const mean: EntropyLine = {values: [], notes: []};
  for (let i = 0; i < epochs; i++) {
    const values = lines.map(line => line.values[i] ?? null).filter(value => value !== null);
    const missing = lines.length - values.length;
    const why = lines.find(line => (line.values[i] ?? null) === null)?.notes[i] ?? 'undefined';
    mean.values.push(meanOfDefined(values));
    if (missing === 0) mean.notes.push(null);
    else mean.notes.push(values.length === 0 ? why : `without ${missing} of ${lines.length} classes: ${why}`);
  }
  return mean;
}
