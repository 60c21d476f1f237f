import test from 'ava';
import fc from 'fast-check';
import {alignToEpochs, nearestEpoch, stepEpoch, unionOfEpochs} from '#ui/model/epochs.js';

test('the nearest epoch is a captured one, the later of two equally near', t => {
  t.is(nearestEpoch([0, 2, 10], 1), 2);
  t.is(nearestEpoch([0, 2, 10], 7), 10);
  t.is(nearestEpoch([0, 2, 10], -5), 0);
  t.is(nearestEpoch([], 3), null);
});

test('steps go along captured epochs and stop at both ends', t => {
  t.is(stepEpoch([0, 5, 9], 5, 1), 9);
  t.is(stepEpoch([0, 5, 9], 9, 1), 9);
  t.is(stepEpoch([0, 5, 9], 0, -1), 0);
});

test('values aligned to the union of epochs are found again at their own epochs', t => {
  const epochs = fc.uniqueArray(fc.nat(50), {minLength: 1}).map(list => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(epochs, epochs, (own, other) => {
      const axis = unionOfEpochs([own, other]);
      const aligned = alignToEpochs(axis, own, own.map(String).map(Number));
      t.deepEqual(
        aligned.filter(value => value !== undefined),
        own,
      );
      t.true(axis.every((epoch, i) => aligned[i] === (own.includes(epoch) ? epoch : undefined)));
    }),
    {seed: 3},
  );
});
