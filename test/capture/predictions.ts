import test from 'ava';
import {readPredictions} from '#src/capture/classifier.js';

test('a single sigmoid says class 1 above 0.5, as the binary accuracy of tfjs counts it', t => {
  const {predicted, probability} = readPredictions(Float32Array.of(0.5, 0.50001, 0.49, 1, 0), {
    output: 0,
    width: 1,
    classes: 2,
  });
  t.deepEqual([...predicted], [0, 1, 0, 1, 0]);
  t.deepEqual(
    Array.from(probability, value => Number(value.toFixed(4))),
    [0.5, 0.5, 0.51, 1, 1],
  );
});
