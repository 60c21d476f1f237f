import test from 'ava';
import {interval} from '../../reproduce/statistics.js';
import {studentQuantile} from '../../reproduce/student-quantile.js';
import {closeTo} from '../support/close-to.js';

/** Two-sided 95 % quantiles by degrees of freedom, from `scipy.stats.t.ppf(0.975, df)` (SciPy 1.17.1). */
const TABLE: [freedom: number, t: number][] = [
  [1, 12.706204736174],
  [2, 4.302652729749],
  [3, 3.182446305284],
  [4, 2.776445105198],
  [5, 2.570581835636],
  [9, 2.262157162854],
  [10, 2.228138851965],
  [19, 2.093024054408],
  [29, 2.045229642133],
  [30, 2.042272456301],
  [99, 1.984216951947],
  [120, 1.979930405053],
  [199, 1.971956544249],
  [200, 1.971896224002],
];

test("Student's t is that of the tables for few and many degrees of freedom", t => {
  for (const [freedom, expected] of TABLE) {
    const found = studentQuantile(freedom, 0.95);
    closeTo(t, found, expected, 1e-9 * expected, `${freedom}: ${found}`);
  }
  closeTo(t, studentQuantile(4, 0.99), 4.604094871416, 1e-9);
});

test('it falls with the degrees of freedom and ends at the normal one', t => {
  let before = Infinity;
  for (let freedom = 1; freedom <= 200; freedom++) {
    const found = studentQuantile(freedom, 0.95);
    t.true(found < before && found > 1.959963984);
    before = found;
  }
  closeTo(t, studentQuantile(100_000, 0.95), 1.95998772, 1e-6);
});

test('what is no number of degrees of freedom, or no share, is refused', t => {
  t.throws(() => studentQuantile(0, 0.95), {message: /freedom must be an integer >= 1, got 0\./});
  t.throws(() => studentQuantile(2.5, 0.95), {instanceOf: RangeError});
  t.throws(() => studentQuantile(3, 1), {message: /share must lie between 0 and 1, got 1\./});
});

test('an interval of twenty values is as wide as 19 degrees of freedom make it', t => {
  const values = Array.from({length: 20}, (_, i) => i);
  const [low, high] = interval(values) ?? [];
  const error = Math.sqrt(35) / Math.sqrt(20); // sample deviation of 0..19 is sqrt(35)
  closeTo(t, high, 9.5 + 2.093024054408 * error, 1e-9);
  closeTo(t, low, 9.5 - 2.093024054408 * error, 1e-9);
});
