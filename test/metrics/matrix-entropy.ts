import test from 'ava';
import fc from 'fast-check';
import {EigenvalueDecomposition, Matrix} from 'ml-matrix';
import {matrixEntropy} from 'cnnslicer/metrics';
import {seededRandom, shuffle} from '#src/shared/index.js';
import {python, pythonTest} from '../support/python.js';

const close = (actual: number | null, expected: number, tol = 1e-10) =>
  Math.abs(Number(actual) - expected) <= tol;

test('orthonormal samples vary in n - 1 directions alike: log2(n - 1)', t => {
  for (const n of [2, 3, 17]) {
    const x = Float32Array.from({length: n * n}, (_, i) => Number(i % (n + 1) === 0));
    t.true(close(matrixEntropy(x, {samples: n, features: n}).bits, Math.log2(n - 1)));
  }
});

test('samples on a line vary in one direction: 0 bits', t => {
  const x = Float32Array.from({length: 30}, (_, i) => Math.floor(i / 3) * ((i % 3) + 1));
  t.true(close(matrixEntropy(x, {samples: 10, features: 3}).bits, 0));
});

test('two independent directions of variance 3 to 1 have the entropy of (3/4, 1/4)', t => {
  const a = Math.sqrt(3);
  const x = Float32Array.of(a, 0, -a, 0, 0, 1, 0, -1);
  const expected = 0.75 * Math.log2(4 / 3) + 0.25 * 2;
  t.true(close(matrixEntropy(x, {samples: 4, features: 2}).bits, expected, 1e-7));
});

/** Entropy of the eigenvalues of the features' covariance, which are those of the Gram matrix but for zeros. */
function byCovariance(x: Float32Array, features: number): number {
  const rows = new Matrix(
    Array.from({length: x.length / features}, (_, i) => [...x.subarray(i * features, (i + 1) * features)]),
  ).center('column');
  const {realEigenvalues} = new EigenvalueDecomposition(rows.transpose().mmul(rows), {assumeSymmetric: true});
  const trace = realEigenvalues.reduce((sum, value) => sum + value, 0);
  const shares = realEigenvalues.map(value => value / trace).filter(share => share > 1e-14);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}

test('layers that are dead but for a few samples have the entropy of those', t => {
  const features = 8;
  for (const [samples, alive] of [
    [192, 5],
    [224, 6],
    [320, 4],
  ] as const) {
    for (let seed = 1; seed <= 4; seed++) {
      const random = seededRandom(seed);
      const x = new Float32Array(samples * features);
      for (let i = 0; i < alive; i++) {
        const sample = Math.floor(random() * samples);
        for (let f = 0; f < features; f++) x[sample * features + f] = random();
      }
      const {bits} = matrixEntropy(x, {samples, features});
      t.true(close(bits, byCovariance(x, features), 1e-9), `${samples} samples, seed ${seed}: ${bits}`);
    }
  }
});

pythonTest('agrees with the eigenvalues that NumPy finds for the centred Gram matrix', async t => {
  const [samples, features] = [40, 12];
  const random = seededRandom(11);
  const x = Float32Array.from({length: samples * features}, (_, i) => 50 + (i % features) * random());
  const program = `
import sys, json, numpy as np
x = np.array(json.loads(sys.argv[1]), np.float64).reshape(${samples}, ${features})
x -= x.mean(0)
v = np.linalg.eigvalsh(x @ x.T / (x * x).sum())
v = v[v > 1e-14]
print(-(v * np.log2(v)).sum())`;
  const printed = await python('-c', program, JSON.stringify([...x]));
  t.true(close(matrixEntropy(x, {samples, features}).bits, Number(printed), 1e-9));
});

test('without two finite samples, or without variance, there is no entropy, with the reason', t => {
  const of = (...values: number[]) =>
    matrixEntropy(Float32Array.from(values), {samples: values.length, features: 1});
  t.deepEqual(of(), {bits: null, reason: 'no-samples', n: 0, invalid: 0});
  t.deepEqual(of(1), {bits: null, reason: 'too-few-samples', n: 1, invalid: 0});
  t.deepEqual(of(NaN, Infinity), {bits: null, reason: 'non-finite', n: 0, invalid: 2});
  t.deepEqual(of(5, 5, NaN), {bits: null, reason: 'no-variance', n: 2, invalid: 1});
});

test('non-finite samples are left out', t => {
  const with3 = matrixEntropy(Float32Array.of(0, 0, 1, 0, 0, 2, NaN, 9), {samples: 4, features: 2});
  const without = matrixEntropy(Float32Array.of(0, 0, 1, 0, 0, 2), {samples: 3, features: 2});
  t.deepEqual(with3, {...without, invalid: 1});
});

test('an offset that float32 holds exactly changes nothing', t => {
  const x = Float32Array.from({length: 40}, (_, i) => (i * i) % 7);
  const {bits} = matrixEntropy(x, {samples: 10, features: 4});
  t.true(
    close(
      matrixEntropy(
        x.map(value => value + 2 ** 20),
        {samples: 10, features: 4},
      ).bits,
      Number(bits),
    ),
  );
});

test('0 <= H <= log2(min(n - 1, features)), in any order of the samples', t => {
  const data = fc
    .tuple(fc.integer({min: 2, max: 12}), fc.integer({min: 1, max: 12}))
    .chain(([samples, features]) =>
      fc.record({
        shape: fc.constant({samples, features}),
        values: fc.array(fc.integer({min: -50, max: 50}), {
          minLength: samples * features,
          maxLength: samples * features,
        }),
      }),
    );
  fc.assert(
    fc.property(data, ({shape, values}) => {
      const {samples, features} = shape;
      const {bits} = matrixEntropy(Float32Array.from(values), shape);
      const order = shuffle([...Array(samples).keys()], seededRandom(1));
      const shuffled = order.flatMap(row => values.slice(row * features, (row + 1) * features));
      const again = matrixEntropy(Float32Array.from(shuffled), shape).bits;
      if (bits === null) return again === null;
      return (
        bits >= 0 && bits <= Math.log2(Math.min(samples - 1, features)) + 1e-9 && close(again, bits, 1e-9)
      );
    }),
    {seed: 1},
  );
  t.pass();
});

test('a shape that does not fit is refused by name', t => {
  t.throws(() => matrixEntropy(new Float32Array(5), {samples: 2, features: 2}), {
    instanceOf: RangeError,
    message: 'matrixEntropy: x of shape [2, 2] must have 4 elements, got 5.',
  });
});
