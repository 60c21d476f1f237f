import type {ClassEntropyQuery} from '../../shared/index.js';
import {columnsFor, partOfRows, type AnswerPart, type AnswerParts} from './answer-parts.js';
import {partOf, type Evaluation} from './evaluation.js';
import {NoSuchSlice} from './no-such-slice.js';
import {resolveClasses, resolveEpochs} from './resolve-slice.js';

interface Row {
  epoch: number;
  class: number;
  name: string;
  bits: number | null;
  reason: string | null;
}

const COLUMNS = columnsFor<Row>({
  epoch: 'int32',
  class: 'int32',
  name: 'string',
  bits: 'double',
  reason: 'string',
});

/** `H(label | y)` and `H(y | label)`: a row per epoch and class. */
export function classEntropy(evaluation: Evaluation, query: ClassEntropyQuery): AnswerParts {
  const {info} = evaluation.run;
  const classes = resolveClasses(info.classes, query.classes);
  const epochs = resolveEpochs(evaluation.captured, query.epochs);
  return {
    measure: `class entropy ${query.measure === 'H(label|y)' ? 'H(label | y)' : 'H(y | label)'}`,
    value: 'bits',
    unit: 'bit',
    columns: COLUMNS,
    extent: {epochs: epochs.length, classes: classes.length, layers: 1, channels: 1},
    parts: epochParts(evaluation, {measure: query.measure, classes, epochs}),
    facts: () => ({evaluation: info.evaluation.source, n: info.evaluation.samples}),
  };
}

async function* epochParts(
  {run, job}: Evaluation,
  {measure, classes, epochs}: {measure: ClassEntropyQuery['measure']; classes: number[]; epochs: number[]},
): AsyncGenerator<AnswerPart> {
  const {info} = run;
  const [column, undefinedAs] =
    measure === 'H(label|y)'
      ? (['label_given_pred', 'never-predicted'] as const)
      : (['pred_given_label', 'never-seen'] as const);
  let some = false;
  for (const [done, epoch] of epochs.entries()) {
    partOf(job, done, epochs.length);
    const found = new Map((await run.table('class_entropy', {epochs: [epoch]})).map(row => [row.class, row]));
    const rows = classes.flatMap((index): Row[] => {
      const row = found.get(index);
      if (row === undefined) return [];
      const bits = row[column];
      const name = info.classes[index] ?? String(index);
      return [{epoch, class: index, name, bits, reason: bits === null ? undefinedAs : null}];
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
