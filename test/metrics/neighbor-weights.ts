import test from 'ava';
import {neighborWeights} from '#src/metrics/neighbor-weights.js';
import {maxDifference} from '../support/difference.js';
import {allCloseTo} from '../support/close-to.js';

// k = 8, so that the weights of a point sum to 3.

test('the paper kernel weighs a copy 1, and equal distances share the rest', t => {
  const {weights, clamped, limit} = neighborWeights(Float64Array.of(0, 5, 5, 5, 5, 5, 5, 5), 8, 'paper');
  allCloseTo(t, weights, [1, ...Array<number>(7).fill(2 / 7)], 1e-12);
  t.deepEqual([clamped, limit], [0, 0]);
});

test('the umap kernel starts from the nearest distance above 0: it and the copies weigh 1', t => {
  const {weights} = neighborWeights(Float64Array.of(0, 1, 2, 2, 2, 2, 2, 2), 8, 'umap');
  allCloseTo(t, weights, [1, 1, ...Array<number>(6).fill(1 / 6)], 1e-12);
});

test('the umap kernel depends on differences of distances alone, the paper kernel does not', t => {
  const near = Float64Array.of(1, 1.5, 2, 3, 3, 4, 5, 6);
  const far = near.map(distance => distance + 8);
  const difference = (kernel: 'paper' | 'umap') =>
    maxDifference(neighborWeights(near, 8, kernel).weights, neighborWeights(far, 8, kernel).weights);
  t.true(difference('umap') < 1e-12);
  t.true(difference('paper') > 0.1);
});

test('every point has its own width, and one without a solution leaves the others alone', t => {
  const rows = [
    [0, 0, 0, 0, 7, 7, 7, 7],
    [1, 1, 1, 1, 1, 1, 1, 1],
    [0, 0, 0, 2, 2, 2, 2, 2],
  ];
  const {weights, clamped, limit} = neighborWeights(Float64Array.from(rows.flat()), 8, 'paper');
  t.deepEqual([...weights.subarray(0, 8)], [1, 1, 1, 1, 0, 0, 0, 0]);
  allCloseTo(t, weights.subarray(8, 16), Array<number>(8).fill(3 / 8), 1e-12);
  t.deepEqual([...weights.subarray(16)], [1, 1, 1, 0, 0, 0, 0, 0]);
  t.deepEqual([clamped, limit], [1, 1]);
});
