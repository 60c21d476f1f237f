import test from 'ava';
import fc from 'fast-check';
import {confusionMatrix} from 'cnnslicer/metrics';

test('rows are true labels, columns are predictions', t => {
  t.deepEqual([...confusionMatrix([0, 0, 1, 2], [0, 1, 1, 0], 3)], [1, 1, 0, 0, 1, 0, 1, 0, 0]);
});

test('no samples give a matrix of zeros', t => {
  t.deepEqual([...confusionMatrix([], [], 2)], [0, 0, 0, 0]);
});

test('every sample is counted once, and swapping the arguments transposes', t => {
  const index = fc.integer({min: 0, max: 4});
  fc.assert(
    fc.property(fc.array(fc.tuple(index, index)), pairs => {
      const labels = pairs.map(pair => pair[0]);
      const predicted = pairs.map(pair => pair[1]);
      const counts = confusionMatrix(labels, predicted, 5);
      const swapped = confusionMatrix(predicted, labels, 5);
      t.is(
        counts.reduce((sum, count) => sum + count, 0),
        pairs.length,
      );
      t.true(counts.every((count, i) => count === swapped[(i % 5) * 5 + Math.floor(i / 5)]));
    }),
    {seed: 1},
  );
});

test('wrong arguments are refused by name', t => {
  t.throws(() => confusionMatrix([0, 1], [0], 2), {
    instanceOf: RangeError,
    message: 'confusionMatrix: predicted must have 2 elements, got 1.',
  });
  t.throws(() => confusionMatrix([0, 2], [0, 1], 2), {
    instanceOf: RangeError,
    message: 'confusionMatrix: labels must be class indices in 0..1, got 2.',
  });
  t.throws(() => confusionMatrix([0], [-1], 2), {
    instanceOf: RangeError,
    message: 'confusionMatrix: predicted must be class indices in 0..1, got -1.',
  });
  t.throws(() => confusionMatrix([], [], 0), {
    instanceOf: RangeError,
    message: 'confusionMatrix: classes must be an integer >= 1, got 0.',
  });
});
