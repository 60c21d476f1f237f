import test from 'ava';
import fc from 'fast-check';
import {pearsonCorrelation} from 'cnnslicer/metrics';
import {closeTo} from '../support/close-to.js';

test('a line is 1, its mirror -1, and a parabola about its middle 0', t => {
  t.is(pearsonCorrelation([1, 2, 3], [10, 20, 30]), 1);
  t.is(pearsonCorrelation([1, 2, 3], [-1, -2, -3]), -1);
  t.is(pearsonCorrelation([-1, 0, 1], [1, 0, 1]), 0);
  t.is(pearsonCorrelation([0, 0, 1, 1], [0, 1, 0, 1]), 0);
  closeTo(t, pearsonCorrelation([1, 2, 3, 4], [1, 3, 2, 4])!, 0.8, 1e-15);
});

test('a side that does not vary has none, whatever its value', t => {
  t.is(pearsonCorrelation([0.1, 0.1, 0.1], [1, 2, 3]), null);
  t.is(pearsonCorrelation([1, 2, 3], new Float32Array(3).fill(0.7)), null);
  t.is(pearsonCorrelation([5], [7]), null);
  t.is(pearsonCorrelation([], []), null);
});

test('sides of different lengths are refused', t => {
  t.throws(() => pearsonCorrelation([1, 2], [1]), {
    instanceOf: RangeError,
    message: 'pearsonCorrelation: y must have 2 elements, got 1.',
  });
});

test('it is symmetric, within -1..1, and the same after a shift and a scale', t => {
  const value = fc.integer({min: -1000, max: 1000});
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), {minLength: 2, maxLength: 30}), pairs => {
      const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      const r = pearsonCorrelation(x, y);
      const moved = pearsonCorrelation(
        x.map(a => 4 * a + 1),
        y,
      );
      t.is(pearsonCorrelation(y, x), r);
      if (r === null) return t.is(moved, null);
      t.true(Math.abs(r) <= 1, `r is ${r}`);
      closeTo(t, moved, r, 1e-12);
    }),
  );
});
