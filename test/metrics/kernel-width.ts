import test from 'ava';
import fc from 'fast-check';
import {kernelWidth} from '#src/metrics/kernel-width.js';
import {nearestAmong} from '#src/metrics/k-nearest-neighbors.js';
import {pairsOfRows} from '#src/metrics/squared-distances.js';
import {
  fixtureCases,
  fixtureValues,
  type FixtureArray,
  type FixtureCase,
} from '../support/metric-fixtures.js';
import {closeTo} from '../support/close-to.js';

interface WidthCase extends FixtureCase {
  input: FixtureArray & {shape: [samples: number, features: number]};
  expected: {n_invalid: number; k_eff: number; target: number; sigma?: number[]};
}

const comparable = fixtureCases<WidthCase>('inter').filter(
  ({expected}) => expected.n_invalid === 0 && (expected.sigma ?? []).some(width => width > 0),
);

for (const {name, input, expected, tol} of comparable) {
  test(`finds the widths of the reference: ${name}`, t => {
    const [samples, features] = input.shape;
    const k = expected.k_eff;
    const rows = [...Array(samples).keys()];
    const {distances} = nearestAmong(pairsOfRows({x: fixtureValues(input), features, rows}), k);
    for (const [i, width] of (expected.sigma ?? []).entries()) {
      if (width === 0) continue; // clamped, or the limit
      closeTo(t, kernelWidth(distances.subarray(i * k, i * k + k), expected.target), width, tol);
    }
  });
}

test('equal distances have the width d / ln(n / target)', t => {
  const width = kernelWidth(Float64Array.of(3, 3, 3, 3), 2);
  closeTo(t, width, 3 / Math.log(2), 1e-11);
});

test('the weights sum to the target over forty orders of magnitude', t => {
  const distance = fc
    .tuple(fc.double({min: 1, max: 10, noNaN: true}), fc.integer({min: -20, max: 20}))
    .map(([digits, exponent]) => digits * 10 ** exponent);
  fc.assert(
    fc.property(fc.array(distance, {minLength: 2, maxLength: 60}), distances => {
      const target = Math.log2(distances.length);
      const width = kernelWidth(Float64Array.from(distances), target);
      const sum = distances.reduce((total, d) => total + Math.exp(-d / width), 0);
      return Math.abs(sum - target) < 1e-10;
    }),
    {seed: 1, numRuns: 500},
  );
  t.pass();
});
