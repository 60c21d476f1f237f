import test from 'ava';
import type {ClassEntropyRow, Table} from '#src/shared/index.js';
import {
  classEntropies,
  comparableRuns,
  entropiesOfRuns,
  markedPoints,
  withoutEpochs,
  type RunEntropies,
} from '#ui/model/class-entropy.js';
import {tableOf} from '../../support/table-of.js';

const NAMES = ['epoch', 'class', 'label_given_pred', 'pred_given_label', 'reason'];

/** A table from its rows. */
function entropyTable(...rows: (string | number | null)[][]): Table<ClassEntropyRow> {
  return tableOf(Object.fromEntries(NAMES.map((name, i) => [name, rows.map(row => row[i] ?? null)])));
}

test('class entropies keep the gap of a class that is never predicted, with its reason', t => {
  const table = entropyTable([2, 0, 0.5, 0.25, null], [0, 0, null, 1, 'never-predicted'], [0, 1, 0, 0, null]);
  const shaped = classEntropies(table, 2);
  t.deepEqual(shaped.epochs, [0, 2]);
  t.deepEqual(shaped.labelGivenPred, [
    {values: [null, 0.5], notes: ['never predicted', null]},
    {values: [0, null], notes: [null, 'not recorded']},
  ]);
  t.deepEqual(shaped.predGivenLabel[0], {values: [1, 0.25], notes: [null, null]});
  t.deepEqual(markedPoints(shaped.labelGivenPred), [
    {series: 0, index: 0},
    {series: 1, index: 1},
  ]);
  t.deepEqual(markedPoints(shaped.predGivenLabel), [{series: 1, index: 1}]);
});

test('of a class both never predicted and never seen each class entropy tells its own reason', t => {
  const table = entropyTable([0, 0, null, null, 'never-predicted,never-seen']);
  const shaped = classEntropies(table, 1);
  t.deepEqual(shaped.labelGivenPred[0]?.notes, ['never predicted']);
  t.deepEqual(shaped.predGivenLabel[0]?.notes, ['never seen']);
});

test('runs are compared over the epochs of all; an epoch that a run did not capture is no undefined point', t => {
  const often = entropyTable(
    [0, 0, null, 1, 'never-predicted'],
    [0, 1, 0.5, 0, null],
    [1, 0, 0.5, 0, null],
    [1, 1, 0.25, 0, null],
    [2, 0, 0, 0, null],
    [2, 1, 0.5, 0, null],
  );
  const seldom = entropyTable([0, 0, 1, 0, null], [0, 1, 0, 1, null], [2, 0, 0, 0, null], [2, 1, 0, 0, null]);
  const runs = [classEntropies(often, 2), classEntropies(seldom, 2)];

  const ofClass = entropiesOfRuns(runs, 0);
  t.deepEqual(ofClass.epochs, [0, 1, 2]);
  t.deepEqual(
    ofClass.labelGivenPred.map(({values}) => values),
    [
      [null, 0.5, 0],
      [1, undefined, 0],
    ],
  );
  t.deepEqual(markedPoints(ofClass.labelGivenPred), [{series: 0, index: 0}]);

  const mean = entropiesOfRuns(runs, null);
  t.deepEqual(mean.labelGivenPred[0], {
    values: [0.5, 0.375, 0.25],
    notes: ['without 1 of 2 classes: never predicted', null, null],
  });
  t.deepEqual(mean.labelGivenPred[1]?.values, [0.5, undefined, 0]);
  t.deepEqual(mean.predGivenLabel[0]?.values, [0.5, 0, 0]);
});

test('runs with other numbers of classes are not beside one another, whichever comes first', t => {
  const runOf = (run: string, classes: string[], values: number[]): RunEntropies => ({
    ...{run, classes},
    entropies: classEntropies(
      entropyTable(...values.map((value, index) => [1, index, value, value, null])),
      classes.length,
    ),
  });
  for (const many of [3, 21, 47, 100]) {
    const few = runOf('few', ['a', 'b'], [1, 0]);
    const other = runOf('other', ['a', 'c'], [0, 0.5]);
    const large = runOf(
      'large',
      Array.from({length: many}, (_, i) => `${i}`),
      Array.from({length: many}, () => 1.5),
    );
    const drawn = (runs: RunEntropies[], index: number | null) =>
      comparableRuns(runs, index).shown.map(({run}) => run);
    t.deepEqual(drawn([few, large, other], null), ['few', 'other']);
    t.deepEqual(drawn([large, few, other], null), ['large']);
    t.deepEqual(drawn([few, large, other], 0), ['few', 'other']);
    t.deepEqual(drawn([few, large, other], 1), ['few'], 'class 1 is another class there');
    const {shown, left} = comparableRuns([large, few], null);
    t.deepEqual(
      left.map(({run}) => run),
      ['few'],
    );
    const mean = entropiesOfRuns(
      shown.map(({entropies}) => entropies),
      null,
    );
    t.deepEqual(mean.labelGivenPred[0], {values: [1.5], notes: [null]}, 'the mean is of all its classes');
  }
});

test('entropies of epochs whose outputs are lost are undefined, with the reason', t => {
  const table = entropyTable([1, 0, 0.5, 0.25, null], [2, 0, 1.5, 0, null]);
  const {labelGivenPred, predGivenLabel} = withoutEpochs(classEntropies(table, 1), new Set([2]));
  t.deepEqual(labelGivenPred, [{values: [0.5, null], notes: [null, 'output NaN or infinite']}]);
  t.deepEqual(predGivenLabel[0]?.values, [0.25, null]);
});
