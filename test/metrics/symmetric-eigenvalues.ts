import test from 'ava';
import fc from 'fast-check';
import {EigenvalueDecomposition, Matrix} from 'ml-matrix';
import {symmetricEigenvalues} from '#src/metrics/symmetric-eigenvalues.js';
import {seededRandom} from '#src/shared/index.js';

/** Ascending eigenvalues of the symmetric matrix with this lower triangle. */
const eigenvalues = (rows: number[][]) =>
  [...symmetricEigenvalues(Float64Array.from(rows.flat()), rows.length)].sort((a, b) => a - b);

const symmetric = (n: number, values: number[]) =>
  Array.from({length: n}, (_, i) =>
    Array.from({length: n}, (_, j) => values[Math.max(i, j) * n + Math.min(i, j)] ?? 0),
  );

function near(actual: number[], expected: number[]): boolean {
  const scale = Math.max(1e-300, ...expected.map(Math.abs));
  return (
    actual.length === expected.length &&
    actual.every((value, i) => Math.abs(value - expected[i]!) <= 1e-13 * expected.length * scale)
  );
}

test('closed forms: diagonal, 2 x 2, all ones, and the path graph', t => {
  t.deepEqual(
    eigenvalues([
      [3, 0, 0],
      [0, -1, 0],
      [0, 0, 2],
    ]),
    [-1, 2, 3],
  );
  t.true(
    near(
      eigenvalues([
        [2, 1],
        [1, 2],
      ]),
      [1, 3],
    ),
  );
  t.true(near(eigenvalues(symmetric(30, Array<number>(900).fill(1))), [...Array<number>(29).fill(0), 30]));
  const path = Array.from({length: 20}, (_, i) =>
    Array.from({length: 20}, (_, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
  );
  const expected = Array.from({length: 20}, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / 21));
  t.true(near(eigenvalues(path), expected));
});

test('nothing, one value and zeros', t => {
  t.deepEqual(eigenvalues([]), []);
  t.deepEqual(eigenvalues([[-4]]), [-4]);
  t.deepEqual(eigenvalues(symmetric(5, Array<number>(25).fill(0))), [0, 0, 0, 0, 0]);
});

test('any symmetric matrix has the eigenvalues that a full decomposition finds', t => {
  const value = fc.oneof(fc.double({min: -1e3, max: 1e3, noNaN: true}), fc.constantFrom(0, 1, -1, 1e-9, 1e6));
  fc.assert(
    fc.property(
      fc
        .integer({min: 1, max: 24})
        .chain(n => fc.tuple(fc.constant(n), fc.array(value, {minLength: n * n, maxLength: n * n}))),
      ([n, values]) => {
        const rows = symmetric(n, values);
        const expected = new EigenvalueDecomposition(new Matrix(rows), {
          assumeSymmetric: true,
        }).realEigenvalues.sort((a, b) => a - b);
        return near(eigenvalues(rows), expected);
      },
    ),
    {numRuns: 500, seed: 5},
  );
  t.pass();
});

/** Centred Gram matrix of n samples, all alike but some, and times a scale: that of a nearly dead layer. */
function nearlyDead(n: number, alive: number, scale: number, random: () => number): Float64Array {
  const features = 6;
  const x = new Float64Array(n * features).fill(scale / 3);
  for (let i = 0; i < alive; i++) {
    const sample = alive === n ? i : Math.floor(random() * n);
    for (let f = 0; f < features; f++) x[sample * features + f] = random() * scale;
  }
  for (let f = 0; f < features; f++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += x[i * features + f]! / n;
    for (let i = 0; i < n; i++) x[i * features + f]! -= mean;
  }
  return Float64Array.from({length: n * n}, (_, cell) => {
    const [i, j] = [Math.floor(cell / n) * features, (cell % n) * features];
    let sum = 0;
    for (let f = 0; f < features; f++) sum += x[i + f]! * x[j + f]!;
    return sum;
  });
}

/** Whether the eigenvalues have the matrix' trace and Frobenius norm; where it is that of no rank, all are 0 to its rounding. */
function keepsNorms(gram: Float64Array, n: number, scale: number): boolean {
  const unit = scale * scale;
  const values = symmetricEigenvalues(gram.slice(), n);
  const sum = (numbers: Float64Array) => numbers.reduce((total, value) => total + value / unit, 0);
  const squares = (numbers: Float64Array) => numbers.reduce((total, value) => total + (value / unit) ** 2, 0);
  const trace = sum(gram.filter((_, cell) => cell % (n + 1) === 0));
  const tolerance = 1e-14 * n;
  return (
    values.length === n &&
    Math.abs(sum(values) - trace) <= tolerance * Math.max(1, trace) &&
    Math.abs(squares(values) - squares(gram)) <= 2 * tolerance * Math.max(1, squares(gram))
  );
}

test('Gram matrices of any rank converge, at any scale, and keep trace and Frobenius norm', t => {
  const random = seededRandom(3);
  for (const n of [2, 3, 7, 25, 60, 128]) {
    for (const alive of [0, 1, 2, 3, 5, Math.ceil(n / 2), n]) {
      for (const scale of [1e-30, 1, 1e30]) {
        const gram = nearlyDead(n, alive, scale, random);
        t.true(keepsNorms(gram, n, scale), `n ${n}, ${alive} alive, scale ${scale}`);
      }
    }
  }
});

test('large nearly dead layers converge', t => {
  for (const [n, seeds] of [
    [256, 3],
    [512, 1],
  ] as const) {
    for (let seed = 1; seed <= seeds; seed++) {
      const random = seededRandom(seed);
      for (const alive of [1, 3]) t.true(keepsNorms(nearlyDead(n, alive, 1, random), n, 1), `${n}: ${seed}`);
    }
  }
});

test('values that are not finite are refused, not looped over', t => {
  t.throws(
    () =>
      eigenvalues([
        [1, NaN],
        [NaN, 1],
      ]),
    {instanceOf: RangeError, message: /did not converge/},
  );
});
