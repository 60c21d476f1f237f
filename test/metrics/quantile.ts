import test from 'ava';
import {quantile} from '#src/metrics/quantile.js';
import {seededRandom} from '#src/shared/index.js';
import {python, pythonTest} from '../support/python.js';
import {closeTo} from '../support/close-to.js';

test('it lies between the two nearest order statistics', t => {
  const sorted = Float64Array.of(10, 20, 30, 40, 50);
  t.is(quantile(sorted, 0), 10);
  t.is(quantile(sorted, 0.5), 30);
  closeTo(t, quantile(sorted, 0.95), 48, 1e-12);
  t.is(quantile(sorted, 1), 50);
});

test('a single value is every quantile', t => {
  t.is(quantile(Float64Array.of(7), 0.95), 7);
});

test('an undefined value leaves nothing defined', t => {
  t.is(quantile(Float64Array.of(1, 2, NaN), 0.5), NaN);
});

pythonTest("agrees with NumPy's default", async t => {
  const random = seededRandom(3);
  const lists = [2, 3, 19, 20, 21, 100].map(length => Array.from({length}, random));
  const program =
    'import sys, json, numpy as np; print(json.dumps([np.quantile(v, 0.95) for v in json.loads(sys.argv[1])]))';
  const expected = JSON.parse(await python('-c', program, JSON.stringify(lists))) as number[];
  for (const [i, list] of lists.entries()) {
    closeTo(t, quantile(Float64Array.from(list).sort(), 0.95), Number(expected[i]), 1e-12);
  }
});
