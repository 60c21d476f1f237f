import test from 'ava';
import fc from 'fast-check';
import {channelEntropy, interSampleEntropy, intraSampleEntropy, type RangeRule} from 'cnnslicer/metrics';
import {seededRandom, shuffle} from '#src/shared/index.js';
import {maxDifference} from '../support/difference.js';
import {closeTo} from '../support/close-to.js';

/** What must not matter to a measure: the order of the samples and the unit of the values. */

const samples = 24;
const shape = {samples, pixels: 5, channels: 3};
const size = shape.pixels * shape.channels;
const kernels = ['paper', 'umap'] as const;
const rules = ['layer', 'channel', 'map'] as const satisfies RangeRule[];

/** Values of 11 bits: with a factor of 13 bits their products are exact in float32. */
function values(seed: number, length: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({length}, () => Math.floor(random() * 2048) - 700);
}

function reordered(x: Float32Array, order: number[], features: number): Float32Array {
  return Float32Array.from(order.flatMap(row => [...x.subarray(row * features, (row + 1) * features)]));
}

const orderOf = (seed: number) => shuffle([...Array(samples).keys()], seededRandom(seed));

test('intra-sample entropy goes with its sample, and the means of a channel stay', t => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.constantFrom(...rules), (seed, orderSeed, range) => {
      const order = orderOf(orderSeed);
      const maps = values(seed, samples * size);
      maps[7] = NaN;
      const plain = intraSampleEntropy(maps, shape, {range});
      const other = intraSampleEntropy(reordered(maps, order, size), shape, {range});
      const expected = order.flatMap(row => [...plain.bits.subarray(row * 3, row * 3 + 3)]);
      t.deepEqual([...other.bits], expected);
      t.deepEqual([other.min, other.max, other.invalid], [plain.min, plain.max, plain.invalid]);
      const [a, b] = [channelEntropy(plain), channelEntropy(other)];
      t.true(maxDifference(b.mean, a.mean) < 1e-12 && maxDifference(b.std, a.std) < 1e-12);
      t.deepEqual([b.dead, b.n], [a.dead, a.n]);
    }),
    {seed: 1, numRuns: 40},
  );
});

test('intra-sample entropy does not depend on the unit of the values under the relative rules', t => {
  // Exact, even for values on an edge: scaled integers are exact, and so is the rounding of their quotient.
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({min: 1, max: 8191}),
      fc.integer({min: 1, max: 64}),
      fc.constantFrom(...rules),
      (seed, factor, bins, range) => {
        const maps = values(seed, samples * size);
        const of = (layer: Float32Array) => intraSampleEntropy(layer, shape, {range, bins}).bits;
        t.deepEqual(of(maps.map(value => value * factor)), of(maps));
      },
    ),
    {seed: 2, numRuns: 60},
  );
});

test('inter-sample entropy does not depend on the order of the samples', t => {
  // Distances between random points do not tie, so that neighbour lists do not depend on order.
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.integer({min: 2, max: 23}),
      fc.constantFrom(...kernels),
      (seed, orderSeed, k, kernel) => {
        const x = values(seed, samples * 6);
        const ofOrder = (points: Float32Array) =>
          interSampleEntropy(points, {samples, features: 6}, {k, kernel});
        const [a, b] = [ofOrder(x), ofOrder(reordered(x, orderOf(orderSeed), 6))];
        closeTo(t, a.bits, Number(b.bits), 1e-9);
        t.deepEqual([b.edges, b.clamped, b.limit], [a.edges, a.clamped, a.limit]);
      },
    ),
    {seed: 3, numRuns: 60},
  );
});

test('inter-sample entropy does not depend on the unit of the values', t => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({min: 1, max: 8191}),
      fc.constantFrom(...kernels),
      (seed, factor, kernel) => {
        const x = values(seed, samples * 6);
        const of = (points: Float32Array) =>
          interSampleEntropy(points, {samples, features: 6}, {k: 7, kernel});
        const [a, b] = [of(x), of(x.map(value => value * factor))];
        closeTo(t, a.bits, Number(b.bits), 1e-9);
        t.is(b.edges, a.edges);
      },
    ),
    {seed: 4, numRuns: 60},
  );
});
