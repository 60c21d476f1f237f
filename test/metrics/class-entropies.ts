import test from 'ava';
import fc from 'fast-check';
import {classEntropies} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {fixtureCases, type FixtureCase} from '../support/metric-fixtures.js';
import {closeTo} from '../support/close-to.js';

interface ConfusionCase extends FixtureCase {
  input: {cm: number[][]};
  expected: {
    label_given_pred: number[];
    pred_given_label: number[];
    never_predicted: boolean[];
    never_seen: boolean[];
    H_label: number;
    H_pred: number;
    H_label_given_pred: number;
    H_pred_given_label: number;
    mi: number;
  };
}

for (const {name, input, expected, tol} of fixtureCases<ConfusionCase>('confusion')) {
  test(`agrees with the reference: ${name}`, t => {
    const entropies = classEntropies(input.cm.flat(), input.cm.length);
    // NaN and the infinities of the oracle are null here.
    const agree = (actual: number | null | undefined, value: number | undefined) =>
      Number.isFinite(value)
        ? typeof actual === 'number' && Math.abs(actual - Number(value)) <= tol
        : actual === null;
    for (let i = 0; i < input.cm.length; i++) {
      t.true(agree(entropies.labelGivenPred[i], expected.label_given_pred[i]));
      t.true(agree(entropies.predGivenLabel[i], expected.pred_given_label[i]));
    }
    t.deepEqual(entropies.neverPredicted, expected.never_predicted);
    t.deepEqual(entropies.neverSeen, expected.never_seen);
    t.true(agree(entropies.hLabel, expected.H_label));
    t.true(agree(entropies.hPred, expected.H_pred));
    t.true(agree(entropies.hLabelGivenPred, expected.H_label_given_pred));
    t.true(agree(entropies.hPredGivenLabel, expected.H_pred_given_label));
    t.true(agree(entropies.mutualInformation, expected.mi));
  });
}

test('column entropies belong to predicted classes, row entropies to true ones', t => {
  // Class 0 is predicted as 0 or 1; only class 0 is.
  const {labelGivenPred, predGivenLabel} = classEntropies([1, 1, 0, 2], 2);
  closeTo(t, Number(labelGivenPred[1]) - Math.log2(3), -(2 / 3), 1e-15);
  t.deepEqual([labelGivenPred[0], predGivenLabel[0], predGivenLabel[1]], [0, 1, 0]);
});

test('a constant guess tells nothing, a perfect one everything', t => {
  const guess = classEntropies([5, 0, 5, 0], 2);
  t.deepEqual(guess.labelGivenPred, [1, null]);
  t.deepEqual(guess.neverPredicted, [false, true]);
  t.is(guess.mutualInformation, 0);
  const perfect = classEntropies([5, 0, 0, 5], 2);
  t.is(perfect.hLabelGivenPred, 0);
  t.is(perfect.mutualInformation, 1);
});

test('without samples everything is null', t => {
  const none = classEntropies([0, 0, 0, 0], 2);
  t.deepEqual(none.labelGivenPred, [null, null]);
  t.deepEqual(none.neverSeen, [true, true]);
  t.deepEqual(
    [none.hLabel, none.hPred, none.hLabelGivenPred, none.hPredGivenLabel],
    [null, null, null, null],
  );
  t.is(none.mutualInformation, null);
});

const matrix = fc.integer({min: 1, max: 6}).chain(classes =>
  fc.record({
    classes: fc.constant(classes),
    counts: fc.array(fc.nat({max: 30}), {minLength: classes ** 2, maxLength: classes ** 2}),
  }),
);

test('transposing swaps the two sides and keeps the mutual information', t => {
  fc.assert(
    fc.property(matrix, ({classes, counts}) => {
      const transposed = counts.map((_, i) =>
        Number(counts[(i % classes) * classes + Math.floor(i / classes)]),
      );
      const [a, b] = [classEntropies(counts, classes), classEntropies(transposed, classes)];
      t.deepEqual(a.labelGivenPred, b.predGivenLabel);
      t.deepEqual(a.neverSeen, b.neverPredicted);
      closeTo(t, a.mutualInformation, Number(b.mutualInformation), 1e-12);
    }),
    {seed: 1},
  );
});

test('0 <= conditional entropies <= log2(classes) and 0 <= information <= both entropies', t => {
  fc.assert(
    fc.property(matrix, ({classes, counts}) => {
      const {labelGivenPred, predGivenLabel, mutualInformation, hLabel, hPred} = classEntropies(
        counts,
        classes,
      );
      const bounded = [...labelGivenPred, ...predGivenLabel].every(
        bits => bits === null || (bits >= 0 && bits <= Math.log2(classes) + 1e-12),
      );
      if (mutualInformation === null) return bounded && hLabel === null;
      const ceiling = Math.min(Number(hLabel), Number(hPred)) + 1e-12;
      return bounded && mutualInformation >= 0 && mutualInformation <= ceiling;
    }),
    {seed: 2},
  );
  t.pass();
});

test('wrong arguments are refused by name', t => {
  t.throws(() => classEntropies([1, 2, 3], 2), {
    instanceOf: RangeError,
    message: 'classEntropies: confusion must have 4 elements, got 3.',
  });
  t.throws(() => classEntropies([1, 2, -3, 0], 2), {
    instanceOf: RangeError,
    message: 'classEntropies: confusion must hold finite counts >= 0, got -3 at row 1, column 0.',
  });
  t.throws(() => classEntropies([], 0), {
    instanceOf: RangeError,
    message: 'classEntropies: classes must be an integer >= 1, got 0.',
  });
});

test('predictions that know nothing of the labels have no mutual information, and never a negative one', t => {
  for (let classes = 2; classes <= 12; classes++) {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(100 * classes + seed);
      const [labels, predictions] = [0, 1].map(() =>
        Array.from({length: classes}, () => 1 + Math.floor(9 * random())),
      ) as [number[], number[]];
      const confusion = labels.flatMap(label => predictions.map(predicted => label * predicted));
      const {mutualInformation} = classEntropies(confusion, classes);
      t.true(mutualInformation !== null && mutualInformation >= 0 && mutualInformation < 1e-12);
    }
  }
});
