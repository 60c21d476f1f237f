import type {ClassEntropyQuery, ConfusionRow, Table} from '../../shared/index.js';
import {columnsFor, partOfRows, type AnswerParts} from '../answer/answer-parts.js';
import {classEntropyReason} from '../../shared/class-entropy-reason.js';
import {partOf, type Evaluation} from '../answer/evaluation.js';
import {NoSuchSlice} from '../slice/no-such-slice.js';
import {resolveClasses, resolveEpochs} from '../slice/resolve-slice.js';

interface Row {
  epoch: number;
  class: number;
  name: string;
  bits: number | null;
  /** `bits` with the Miller-Madow estimate of its bias added. */
  corrected: number | null;
  /** Samples behind it: those predicted as the class, or of the class. */
  n: number | null;
  reason: string | null;
}

const COLUMNS = columnsFor<Row>({
  epoch: 'int32',
  class: 'int32',
  name: 'string',
  bits: 'double',
  corrected: 'double',
  n: 'int32',
  reason: 'string',
});

/** `H(label | y)` and `H(y | label)`: a row per epoch and class. */
export function classEntropy(evaluation: Evaluation, query: ClassEntropyQuery): AnswerParts {
  const {info} = evaluation.run;
  const classes = resolveClasses(info.classes, query.classes);
  const epochs = resolveEpochs(evaluation.captured, query.epochs);
  const prior = new Prior();
  return {
    measure: `class entropy ${query.measure === 'H(label|y)' ? 'H(label | y)' : 'H(y | label)'}`,
    value: 'bits',
    unit: 'bit',
    columns: COLUMNS,
    extent: {epochs: epochs.length, classes: classes.length, layers: 1, channels: 1},
    parts: epochParts(evaluation, {measure: query.measure, classes, epochs, prior}),
    facts: () => ({
      evaluation: info.evaluation.source,
      evaluated: info.evaluation.samples,
      prior: prior.text,
    }),
  };
}

interface Asked {
  measure: ClassEntropyQuery['measure'];
  classes: number[];
  epochs: number[];
  /** Receives the confusion matrices. */
  prior: Prior;
}

async function* epochParts(
  {run, job}: Evaluation,
  {measure, classes, epochs, prior}: Asked,
): AsyncGenerator<Table> {
  const {info} = run;
  const column = measure === 'H(label|y)' ? 'label_given_pred' : 'pred_given_label';
  let some = false;
  for (const [done, epoch] of epochs.entries()) {
    partOf(job, done, epochs.length);
    const found = new Map((await run.table('class_entropy', {epochs: [epoch]})).map(row => [row.class, row]));
    const confusion = await run.table('confusion', {epochs: [epoch]});
    prior.add(confusion);
    const counts = countsByClass(confusion, measure === 'H(label|y)' ? 'predicted' : 'label');
    const {failed = []} = await run.manifest(epoch);
    const isLost = failed.some(
      ({stage, of}) => stage === 'evaluation' || stage === 'predictions' || of === 'class_entropy',
    );
    const rows = classes.flatMap((index): Row[] => {
      const row = found.get(index);
      if (row === undefined) return isLost ? [failedRow(epoch, index, info.classes)] : [];
      const bits = row[column];
      const name = info.classes[index] ?? String(index);
      const {n = null, cells = 0} = counts.get(index) ?? {};
      const corrected = bits === null || n === null ? null : bits + (cells - 1) / (2 * n * Math.LN2);
      return [
        {
          epoch,
          class: index,
          name,
          bits,
          corrected,
          n,
          reason: bits === null ? classEntropyReason(row.reason, column) : null,
        },
      ];
    });
    some ||= rows.length > 0;
    yield partOfRows(COLUMNS, rows);
  }
  if (some) return;
  const why =
    info.probe.output?.name === null
      ? info.probe.output.why
      : 'the model does not classify, or has no labels';
  throw new NoSuchSlice(`The run has no confusion matrix: ${why}.`);
}

/** The evaluation, or its table, failed when the epoch was captured. */
function failedRow(epoch: number, index: number, classes: readonly string[]): Row {
  const name = classes[index] ?? String(index);
  return {epoch, class: index, name, bits: null, corrected: null, n: null, reason: 'failed'};
}

/** Counts the samples and the non-empty cells of each row or column of a confusion matrix. */
function countsByClass(
  confusion: readonly ConfusionRow[],
  by: 'label' | 'predicted',
): Map<number, {n: number; cells: number}> {
  const counts = new Map<number, {n: number; cells: number}>();
  for (const {count, ...cell} of confusion) {
    if (count === 0) continue;
    const {n, cells} = counts.get(cell[by]) ?? {n: 0, cells: 0};
    counts.set(cell[by], {n: n + count, cells: cells + 1});
  }
  return counts;
}

/** Number of evaluated samples of each class: the class frequencies in H(label | y). */
class Prior {
  #least = Infinity;
  #most = 0;

  add(confusion: readonly ConfusionRow[]): void {
    for (const {n} of countsByClass(confusion, 'label').values()) {
      this.#least = Math.min(this.#least, n);
      this.#most = Math.max(this.#most, n);
    }
  }

  /** Null where there is no confusion matrix. */
  get text(): string | null {
    if (this.#most === 0) return null;
    const share = this.#least === this.#most ? `${this.#least}` : `${this.#least}..${this.#most}`;
    return `${this.#most - this.#least <= 1 ? 'even' : 'uneven'}, ${share} samples a class`;
  }
}
