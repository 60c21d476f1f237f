import test from 'ava';
import fc from 'fast-check';
import {binIndex, binnedWidth} from '#src/metrics/bin-rule.js';

test('bins are half open, the last one closed, and values outside go to the end bins', t => {
  const bins = [-3, 0, 0.99, 1, 3.99, 4, 9, -Infinity, Infinity].map(value => binIndex(value, 0, 4, 4));
  t.deepEqual(bins, [0, 0, 0, 1, 3, 3, 3, 0, 3]);
});

test('the middle of a range opens the upper half, whatever its width', t => {
  for (let width = 1; width <= 1000; width++) t.is(binIndex(width / 2, 0, width, 32), 16);
});

test('a range without extent puts everything in bin 0', t => {
  const width = binnedWidth(7, 7);
  t.deepEqual(
    [6, 7, 8].map(value => binIndex(value, 7, width, 32)),
    [0, 0, 0],
  );
});

test('a larger value is never in a lower bin', t => {
  const value = fc.double({noNaN: true, min: -100, max: 100});
  fc.assert(
    fc.property(value, value, fc.integer({min: 1, max: 300}), (a, b, bins) => {
      const bin = (v: number) => binIndex(v, -50, 100, bins);
      return bin(Math.min(a, b)) <= bin(Math.max(a, b));
    }),
    {seed: 1},
  );
  t.pass();
});
