import test from 'ava';
import fc from 'fast-check';
import {smooth} from '#ui/model/smoothing.js';

const near = (actual: unknown, expected: number): boolean =>
  typeof actual === 'number' && Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected));

test('weight 0 leaves the values as they are', t => {
  t.deepEqual(smooth([3, null, -1, undefined, 0.1], 0), [3, null, -1, undefined, 0.1]);
});

test('each value is the mean of those so far, weighted by the power of their distance', t => {
  const values = fc.array(fc.double({min: -1e3, max: 1e3, noNaN: true}), {minLength: 1, maxLength: 30});
  fc.assert(
    fc.property(values, fc.double({min: 0.01, max: 0.99, noNaN: true}), (list, weight) => {
      const smoothed = smooth(list, weight);
      list.forEach((_, t0) => {
        const weights = list.slice(0, t0 + 1).map((_, i) => weight ** (t0 - i));
        const total = weights.reduce((sum, w) => sum + w, 0);
        const mean = weights.reduce((sum, w, i) => sum + w * (list[i] ?? 0), 0) / total;
        const actual = smoothed[t0];
        t.true(typeof actual === 'number' && Math.abs(actual - mean) < 1e-8);
      });
    }),
    {seed: 5},
  );
});

test('closed forms: the first value stays, a constant stays, a step is reached as 1 - w^n of its way', t => {
  t.true(near(smooth([7, 0], 0.9)[0], 7));
  for (const value of smooth(
    Array.from({length: 50}, () => 0.3),
    0.99,
  ))
    t.true(near(value, 0.3));
  // m zeros, then ones: after n ones the mean is (1 - w^n) / (1 - w^(m + n)).
  const [m, weight] = [5, 0.8];
  const stepped = smooth([...Array.from({length: m}, () => 0), ...Array.from({length: 20}, () => 1)], weight);
  for (let n = 1; n <= 20; n++) {
    t.true(near(stepped[m + n - 1], (1 - weight ** n) / (1 - weight ** (m + n))));
  }
});

test('a gap stays a gap, and counts for nothing', t => {
  const withGaps = smooth([1, null, null, 4, undefined, 2], 0.6);
  const without = smooth([1, 4, 2], 0.6);
  t.deepEqual(withGaps, [without[0], null, null, without[1], undefined, without[2]]);
});
