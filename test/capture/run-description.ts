import test from 'ava';
import {trainingOf} from '#src/capture/run-description.js';

test('what a training does not tell of its size is not made up', t => {
  const nothing = {samples: null, batchSize: null, epochs: null, initialEpoch: 0};
  t.deepEqual(trainingOf({}), nothing);
  t.deepEqual(trainingOf({samples: null, batchSize: NaN, epochs: Infinity, initialEpoch: '3'}), nothing);
  const all = {samples: 100, batchSize: 10, epochs: 5, initialEpoch: 2};
  t.deepEqual(trainingOf(all), all);
});
