import test from 'ava';
import {deficitOf} from '#src/shared/deficit.js';
import {meanOfDefined} from '#src/shared/mean.js';

test('a mean leaves out what is undefined, and is undefined without a value', t => {
  t.is(meanOfDefined([1, null, 3]), 2);
  t.is(meanOfDefined([0]), 0);
  t.is(meanOfDefined([null]), null);
  t.is(meanOfDefined([]), null);
});

test('a deficit is the distance from the ceiling, and never negative where rounding put a value above it', t => {
  t.is(deficitOf(3, 5), 2);
  t.is(deficitOf(5.000000001, 5), 0);
  t.is(deficitOf(null, 5), null);
  t.is(deficitOf(3, null), null);
});
