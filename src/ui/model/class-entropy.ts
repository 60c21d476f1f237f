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

/** A run's class entropies, with the classes they are of. */
export interface RunEntropies {
  run: string;
  classes: readonly string[];
  entropies: ClassEntropies;
}

/**
 * The runs whose class entropies have one axis. A mean over three classes and one over a hundred are different measures,
 * on scales of other heights: only runs with as many classes as the first are drawn beside it.
 *
 * @param index - The class that is compared; null is the mean of all. One class is compared only where it has the same
 *   name.
 * @returns Those that are drawn, and the ids of those that are left out.
 */
export function comparableRuns(
  runs: readonly RunEntropies[],
  index: number | null,
): {shown: RunEntropies[]; left: RunEntropies[]} {
  const [first] = runs;
  const isComparable = ({classes}: RunEntropies): boolean =>
    classes.length === first?.classes.length && (index === null || classes[index] === first.classes[index]);
  return {shown: runs.filter(isComparable), left: runs.filter(run => !isComparable(run))};
}

/** Leaves the values of some epochs out, with the reason: an earlier version took outputs that are not finite for class 0. */
export function withoutEpochs(entropies: ClassEntropies, lost: ReadonlySet<number>): ClassEntropies {
  if (lost.size === 0) return entropies;
  const {epochs} = entropies;
  const without = ({values, notes}: EntropyLine): EntropyLine => ({
    values: values.map((value, i) => (lost.has(epochs[i] ?? -1) ? null : value)),
    notes: notes.map((note, i) => (lost.has(epochs[i] ?? -1) ? notFinite : note)),
  });
  return {
    epochs,
    labelGivenPred: entropies.labelGivenPred.map(without),
    predGivenLabel: entropies.predGivenLabel.map(without),
  };
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

/** The points that are marked in the lane, as indices of line and epoch. */
export function markedPoints(lines: readonly EntropyLine[]): {series: number; index: number}[] {
  return lines.flatMap(({notes}, series) =>
    [...notes.keys()].filter(index => (notes[index] ?? null) !== null).map(index => ({series, index})),
  );
}

const notFinite = 'output NaN or infinite';

const words: Record<string, string> = {'non-finite': notFinite};

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
