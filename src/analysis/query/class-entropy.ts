import type {ClassEntropyQuery, ResultColumnType} from '../../shared/index.js';
import {partOf, type Answer, type Evaluation} from './evaluation.js';
import {NoSuchSlice} from './no-such-slice.js';
import {resolveClasses, resolveEpochs} from './resolve-slice.js';
import {toResultColumns} from './result-columns.js';

interface Row {
  epoch: number;
  class: number;
  name: string;
  bits: number | null;
  reason: string | null;
}

const COLUMNS: {readonly [C in keyof Row]: ResultColumnType} = {
  epoch: 'int32',
  class: 'int32',
  name: 'string',
  bits: 'double',
  reason: 'string',
};

/** `H(label | y)` and `H(y | label)`: a row per epoch and class. */
export async function classEntropy(evaluation: Evaluation, query: ClassEntropyQuery): Promise<Answer> {
  const {run, captured, job} = evaluation;
  const {info} = run;
  const classes = resolveClasses(info.classes, query.classes);
  const epochs = resolveEpochs(captured, query.epochs);
  const [column, undefinedAs] =
    query.measure === 'H(label|y)'
      ? (['label_given_pred', 'never-predicted'] as const)
      : (['pred_given_label', 'never-seen'] as const);
  const rows: Row[] = [];
  for (const [done, epoch] of epochs.entries()) {
    partOf(job, done, epochs.length);
    const found = new Map((await run.table('class_entropy', {epochs: [epoch]})).map(row => [row.class, row]));
    for (const index of classes) {
      const row = found.get(index);
      if (row === undefined) continue;
      const bits = row[column];
      const name = info.classes[index] ?? String(index);
      rows.push({epoch, class: index, name, bits, reason: bits === null ? undefinedAs : null});
    }
  }
  if (rows.length === 0) {
    const why =
      info.probe.output?.name === null
        ? info.probe.output.why
        : 'the model does not classify, or has no labels';
    throw new NoSuchSlice(`The run has no confusion matrix: ${why}.`);
  }
  return {
    measure: `class entropy ${query.measure === 'H(label|y)' ? 'H(label | y)' : 'H(y | label)'}`,
    value: 'bits',
    unit: 'bit',
    facts: {evaluation: info.evaluation.source, n: info.evaluation.samples},
    rows: rows.length,
    columns: toResultColumns(COLUMNS, rows),
  };
}
