import test from 'ava';
import fc from 'fast-check';
import {EigenvalueDecomposition, Matrix} from 'ml-matrix';
import {symmetricEigenvalues} from '#src/metrics/symmetric-eigenvalues.js';

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
