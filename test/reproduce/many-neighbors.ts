import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {kNearestNeighbors} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {manyNeighbors} from '../../reproduce/studies/many-neighbors.js';
import {nearestK} from '../../reproduce/studies/neighbors.js';

test('the neighbours are those of the exact search, in its order, and their distances agree to five digits', async t => {
  await tf.setBackend('cpu');
  const [samples, features, k] = [600, 20, 250]; // more than one block of rows
  const xs = Float32Array.from({length: samples * features}, seededRandom(3));
  const exact = kNearestNeighbors(xs, {samples, features}, k);
  const found = manyNeighbors(tf, xs, {samples, k});
  let [others, worst] = [0, 0];
  for (const [i, distance] of exact.distances.entries()) {
    worst = Math.max(worst, Math.abs((found.distances[i] as number) - distance) / distance);
    if (found.indices[i] !== exact.indices[i]) others++;
  }
  t.true(worst < 1e-5, `a distance is off by the share ${worst}`);
  t.true(others < 0.001 * samples * k, `${others} change places with one as near`);
});

test('the k that comes nearest is reported for each number of samples', t => {
  const row = (samples: number, k: number, bits: number) => ({samples, k, bits, log2_edges: 20, paper: 19.9});
  const rows = [row(1000, 15, 14), row(1000, 999, 19.6), row(5000, 15, 19.9)];
  t.is(nearestK(rows, 1000)?.k, 999);
  t.is(nearestK(rows, 5000)?.k, 15);
  t.is(nearestK(rows, 7), null);
});
