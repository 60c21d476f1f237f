import test from 'ava';
import fc from 'fast-check';
import {pairCodes, type PairCodes} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {jointEntropies} from '#src/metrics/joint-entropies.js';
import {allCloseTo, closeTo} from '../support/close-to.js';

const codesOf = (channels: number, samples: number, seed: number, bins = 8): PairCodes =>
  pairCodes(
    Float32Array.from({length: channels * samples}, seededRandom(seed)),
    {channels, samples, pixels: 1},
    {bins},
  );

/** H(X, Y) of two channels and the cells that hold a pair, counted in a map. */
function counted(from: PairCodes, a: number, to: PairCodes, b: number): [bits: number, cells: number] {
  const counts = new Map<string, number>();
  for (let pair = 0; pair < from.pairs; pair++) {
    const cell = `${from.codes[a * from.pairs + pair]} ${to.codes[b * to.pairs + pair]}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const bits = [...counts.values()].reduce((sum, n) => sum - (n / from.pairs) * Math.log2(n / from.pairs), 0);
  return [bits, counts.size];
}

test('every pair of channels has the entropy and cells that counting gives, whatever the number of channels', t => {
  const sizes = fc.tuple(
    fc.integer({min: 1, max: 9}),
    fc.integer({min: 1, max: 9}),
    fc.integer({min: 2, max: 12}),
  );
  fc.assert(
    fc.property(sizes, fc.nat(1000), fc.constantFrom(1, 2, 8, 32), ([m, n, samples], seed, bins) => {
      const [from, to] = [codesOf(m, samples, seed, bins), codesOf(n, samples, seed + 1, bins)];
      const {entropy, occupied} = jointEntropies(from, to);
      const expected = Array.from({length: m * n}, (_, i) => counted(from, Math.floor(i / n), to, i % n));
      allCloseTo(
        t,
        entropy,
        expected.map(([bits]) => bits),
        1e-12,
      );
      t.deepEqual(
        [...occupied],
        expected.map(([, cells]) => cells),
      );
    }),
    {numRuns: 40},
  );
});

test('a channel with itself has its own entropy', t => {
  const codes = codesOf(5, 20, 3);
  const {entropy} = jointEntropies(codes, codes);
  for (let c = 0; c < 5; c++) closeTo(t, entropy[c * 5 + c], Number(codes.entropy[c]), 1e-12, `channel ${c}`);
});

test('the other way round, the matrix is transposed to the last bit', t => {
  const [from, to] = [codesOf(3, 15, 1), codesOf(6, 15, 2)];
  const there = jointEntropies(from, to).entropy;
  const back = jointEntropies(to, from).entropy;
  for (let a = 0; a < 3; a++) for (let b = 0; b < 6; b++) t.is(there[a * 6 + b], back[b * 3 + a]);
});

test('it lies between the larger entropy and the sum of both, and under log2 of cells and pairs', t => {
  const [from, to] = [codesOf(4, 30, 5, 16), codesOf(4, 30, 6, 16)];
  const {entropy, occupied} = jointEntropies(from, to);
  entropy.forEach((bits, i) => {
    const [x, y] = [Number(from.entropy[Math.floor(i / 4)]), Number(to.entropy[i % 4])];
    t.true(bits >= Math.max(x, y) - 1e-12 && bits <= x + y + 1e-12, `pair ${i}: ${x}, ${y}, ${bits}`);
    t.true(bits <= Math.log2(Math.min(Number(occupied[i]), from.pairs)) + 1e-12);
  });
});

test('constant channels share one cell: no entropy, and exactly 0', t => {
  const still = pairCodes(new Float32Array(2 * 10).fill(4), {channels: 2, samples: 10, pixels: 1});
  const {entropy, occupied} = jointEntropies(still, still);
  t.deepEqual([...entropy], [0, 0, 0, 0]);
  t.deepEqual([...occupied], [1, 1, 1, 1]);
});
