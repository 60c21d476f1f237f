import test from 'ava';
import fc from 'fast-check';
import {
  effectiveRank,
  effectiveRankOf,
  matrixEntropy,
  PairDistances,
  matrixEntropyOf,
} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {closeTo} from '../support/close-to.js';

/** Both ends of k orthonormal directions, [2k, features]. */
function directions(k: number, features: number, scale = 1): Float32Array {
  const x = new Float32Array(2 * k * features);
  for (let i = 0; i < k; i++) {
    x[2 * i * features + i] = scale;
    x[(2 * i + 1) * features + i] = -scale;
  }
  return x;
}

const random = (samples: number, features: number, seed = 1) => {
  const next = seededRandom(seed);
  return Float32Array.from({length: samples * features}, () => next() - 0.5);
};

test('k orthonormal directions of equal variance have rank k, at any scale that float32 holds', t => {
  for (const scale of [1e-30, 1, 1e30]) {
    for (const k of [1, 2, 3, 7, 16]) {
      const {rank, ceiling, n} = effectiveRank(directions(k, 20, scale), {samples: 2 * k, features: 20});
      closeTo(t, rank, k, 1e-9 * k, `${k} directions, scale ${scale}`);
      t.deepEqual([ceiling, n], [Math.min(2 * k - 1, 20), 2 * k]);
    }
  }
});

test('samples on a line have rank 1', t => {
  const x = Float32Array.from({length: 30}, (_, i) => Math.floor(i / 3) * ((i % 3) + 1));
  closeTo(t, effectiveRank(x, {samples: 10, features: 3}).rank, 1, 1e-9);
});

test('variances of 3 to 1 have the rank of their entropy: 4 / 3^(3/4)', t => {
  const x = Float32Array.of(Math.sqrt(3), 0, -Math.sqrt(3), 0, 0, 1, 0, -1);
  closeTo(t, effectiveRank(x, {samples: 4, features: 2}).rank, 4 / 3 ** 0.75, 1e-6);
});

test('without two finite samples, or without variance, there is no rank and no ceiling, with the reason', t => {
  const of = (...values: number[]) =>
    effectiveRank(Float32Array.from(values), {samples: values.length, features: 1});
  const undefinedAs = {rank: null, ceiling: null};
  t.deepEqual(of(), {...undefinedAs, reason: 'no-samples', n: 0, invalid: 0});
  t.deepEqual(of(1), {...undefinedAs, reason: 'too-few-samples', n: 1, invalid: 0});
  t.deepEqual(of(NaN, Infinity), {...undefinedAs, reason: 'non-finite', n: 0, invalid: 2});
  t.deepEqual(of(5, 5, NaN), {...undefinedAs, reason: 'no-variance', n: 2, invalid: 1});
  t.deepEqual(of(0, 0, 0), {...undefinedAs, reason: 'no-variance', n: 3, invalid: 0}, 'a dead layer');
});

test('non-finite samples are left out, and the ceiling is that of the others', t => {
  const [finite, features] = [random(5, 8), 8];
  const with6 = Float32Array.from([...finite, NaN, ...finite.subarray(1, 8)]);
  const without = effectiveRank(finite, {samples: 5, features});
  t.deepEqual(effectiveRank(with6, {samples: 6, features}), {...without, invalid: 1});
  t.is(without.ceiling, 4);
});

test('1 <= R <= min(n - 1, features), for random, low-rank, tiny and huge data', t => {
  const shapes = fc.record({
    samples: fc.integer({min: 2, max: 14}),
    features: fc.integer({min: 1, max: 14}),
    seed: fc.nat(1e6),
    rank: fc.integer({min: 1, max: 14}),
    scale: fc.constantFrom(1e-44, 1e-30, 1, 1e30),
  });
  fc.assert(
    fc.property(shapes, ({samples, features, seed, rank, scale}) => {
      const [rows, base] = [random(samples, rank, seed), random(rank, features, seed + 1)];
      const x = new Float32Array(samples * features);
      for (let i = 0; i < samples; i++) {
        for (let f = 0; f < features; f++) {
          let sum = 0;
          for (let r = 0; r < rank; r++) sum += (rows[i * rank + r] ?? 0) * (base[r * features + f] ?? 0);
          x[i * features + f] = sum * scale;
        }
      }
      const {rank: found, ceiling, reason} = effectiveRank(x, {samples, features});
      if (found === null) return reason === 'no-variance' && ceiling === null;
      return (
        found >= 1 && found <= Math.min(samples - 1, features) && ceiling === Math.min(samples - 1, features)
      );
    }),
    {seed: 1, numRuns: 500},
  );
  t.pass();
});

test('shift, rotation and scale change nothing', t => {
  const [samples, features] = [12, 2];
  const x = random(samples, features, 3);
  const expected = effectiveRank(x, {samples, features}).rank ?? NaN;
  const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
  const turned = x.map((_, i) => {
    const [a, b] = [x[i - (i % 2)] ?? 0, x[i - (i % 2) + 1] ?? 0];
    return 5 * (i % 2 === 0 ? a * cos - b * sin : a * sin + b * cos) + 2;
  });
  closeTo(t, effectiveRank(turned, {samples, features}).rank, expected, 1e-5);
});

test('of a known matrix entropy it is the same number', t => {
  const shape = {samples: 9, features: 4};
  const x = random(9, 4, 8);
  const known = matrixEntropyOf(PairDistances.of(x, shape));
  t.deepEqual(effectiveRankOf(known, 4), effectiveRank(x, shape));
  closeTo(t, Math.log2(effectiveRank(x, shape).rank ?? NaN), matrixEntropy(x, shape).bits ?? NaN, 1e-12);
});
