import test from 'ava';
import fc from 'fast-check';
import {jointHistogram, pairCodes, shannonEntropy, type PairCodesOptions} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {fixtureCodes, type FixtureMaps} from '../support/capacity-fixtures.js';
import {fixtureCases, type FixtureCase} from '../support/metric-fixtures.js';
import {closeTo} from '../support/close-to.js';

interface PairCase extends FixtureCase {
  input: {a: FixtureMaps; b: FixtureMaps; channel_a: number; channel_b: number};
  params: PairCodesOptions;
  expected: {joint: number[][]; H_xy: number; occupied_xy: number; n_pairs: number};
}

for (const {name, input, params, expected, tol} of fixtureCases<PairCase>('capacity_pairs')) {
  test(`agrees with the reference: ${name}`, t => {
    const [from, to] = [input.a, input.b].map(array => fixtureCodes(array, params));
    const joint = jointHistogram(from!, input.channel_a, to!, input.channel_b);
    t.deepEqual([...joint], expected.joint.flat());
    closeTo(t, shannonEntropy(joint), expected.H_xy, tol);
    t.is(joint.filter(count => count > 0).length, expected.occupied_xy);
    t.is(from!.pairs, expected.n_pairs);
  });
}

const noise = (channels: number, seed: number, bins?: number) =>
  pairCodes(
    Float32Array.from({length: channels * 40}, seededRandom(seed)),
    {channels, samples: 20, pixels: 2},
    {bins},
  );

test('rows are bins of the first, columns bins of the second', t => {
  // Distances 0 1 1 | 1 1 | 0 and 1 0 1 | 1 0 | 1.
  const shape = {channels: 1, samples: 4, pixels: 1};
  const from = pairCodes(Float32Array.of(0, 0, 1, 1), shape, {bins: 2});
  const to = pairCodes(Float32Array.of(0, 1, 0, 1), shape, {bins: 2});
  t.deepEqual([...jointHistogram(from, 0, to, 0)], [0, 2, 2, 2]);
});

test('its margins are the counts of either channel, and swapping transposes', t => {
  fc.assert(
    fc.property(fc.nat({max: 1000}), fc.nat({max: 2}), fc.nat({max: 1}), (seed, a, b) => {
      const [from, to] = [noise(3, seed, 9), noise(2, seed + 1, 9)];
      const joint = jointHistogram(from, a, to, b);
      const swapped = jointHistogram(to, b, from, a);
      const bins = [...Array(9).keys()];
      const cell = (row: number, col: number) => Number(joint[row * 9 + col]);
      const sum = (list: number[]) => list.reduce((total, count) => total + count, 0);
      t.deepEqual(
        bins.map(row => sum(bins.map(col => cell(row, col)))),
        [...from.counts.subarray(a * 9, a * 9 + 9)],
      );
      t.deepEqual(
        bins.map(col => sum(bins.map(row => cell(row, col)))),
        [...to.counts.subarray(b * 9, b * 9 + 9)],
      );
      t.true(bins.every(row => bins.every(col => swapped[col * 9 + row] === cell(row, col))));
    }),
    {seed: 1, numRuns: 30},
  );
});

test('a given array is overwritten and returned', t => {
  const layer = noise(2, 1, 4);
  const out = new Uint32Array(16).fill(99);
  t.is(jointHistogram(layer, 0, layer, 1, out), out);
  t.deepEqual(out, jointHistogram(layer, 0, layer, 1));
});

test('wrong arguments are refused by name', t => {
  const layer = noise(2, 1);
  const refused = (message: string, run: () => unknown) => t.throws(run, {instanceOf: RangeError, message});
  refused('jointHistogram: a must be a channel in 0..1, got 2.', () => jointHistogram(layer, 2, layer, 0));
  refused('jointHistogram: b must be a channel in 0..1, got -1.', () => jointHistogram(layer, 0, layer, -1));
  refused('jointHistogram: out must have 1024 elements, got 3.', () =>
    jointHistogram(layer, 0, layer, 0, new Uint32Array(3)),
  );
  refused('jointHistogram: both layers must have the same bins, got 32 and 8.', () =>
    jointHistogram(layer, 0, noise(2, 1, 8), 0),
  );
});
