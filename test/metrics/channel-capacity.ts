import test from 'ava';
import fc from 'fast-check';
import {channelCapacity, pairCodes, type PairCodesOptions} from 'cnnslicer/metrics';
import {seededRandom, shuffle} from '#src/shared/index.js';
import {fixtureCodes, type FixtureMaps} from '../support/capacity-fixtures.js';
import {noise, withOrder} from '../support/layers.js';
import {fixtureCases, type FixtureCase} from '../support/metric-fixtures.js';
import {allCloseTo} from '../support/close-to.js';

interface CapacityCase extends FixtureCase {
  input: {a: FixtureMaps; b: FixtureMaps};
  params: PairCodesOptions;
  expected: {mi: number[][]; mi_mm: number[][]; H_a: number[]; H_b: number[]; n_pairs: number};
}

for (const {name, input, params, expected, tol} of fixtureCases<CapacityCase>('capacity')) {
  test(`agrees with the reference: ${name}`, t => {
    const capacity = channelCapacity(fixtureCodes(input.a, params), fixtureCodes(input.b, params));
    allCloseTo(t, capacity.bits, expected.mi.flat(), tol);
    allCloseTo(t, capacity.millerMadow, expected.mi_mm.flat(), tol);
    allCloseTo(t, capacity.hx, expected.H_a, tol);
    allCloseTo(t, capacity.hy, expected.H_b, tol);
    t.is(capacity.pairs, expected.n_pairs);
    t.is(capacity.baseline, null);
  });
}

interface PairCase extends FixtureCase {
  input: {a: FixtureMaps; b: FixtureMaps; channel_a: number; channel_b: number};
  params: PairCodesOptions;
  expected: {H_x: number; H_y: number; mi: number; mi_mm: number};
}

for (const {name, input, params, expected, tol} of fixtureCases<PairCase>('capacity_pairs')) {
  test(`agrees with the reference: ${name}`, t => {
    const [a, b] = [input.channel_a, input.channel_b];
    const [from, to] = [fixtureCodes(input.a, params), fixtureCodes(input.b, params)];
    const {bits, millerMadow, hx, hy} = channelCapacity(from, to);
    const cell = a * to.channels + b;
    const {H_x, H_y, mi, mi_mm} = expected;
    allCloseTo(t, [bits[cell]!, millerMadow[cell]!, hx[a]!, hy[b]!], [mi, mi_mm, H_x, H_y], tol);
  });
}

/** Channels of maps of one pixel: samples on a line, one list per channel. */
const onLine = (channels: number[][], bins?: number) =>
  pairCodes(
    Float32Array.from(channels.flat()),
    {channels: channels.length, samples: channels[0]?.length ?? 0, pixels: 1},
    {bins},
  );

test('crossed clusters share 2 h(1/3) - log2 3', t => {
  // Distances 0 1 1 | 1 1 | 0 and 1 0 1 | 1 0 | 1: pairs together in one layer are apart in the other.
  const {bits} = channelCapacity(onLine([[0, 0, 1, 1]]), onLine([[0, 1, 0, 1]]));
  const h = Math.log2(3) - 2 / 3;
  allCloseTo(t, bits, [2 * h - Math.log2(3)], 1e-15);
});

test('a channel that tells all about another has its entropy as capacity', t => {
  // Three distances, all different: the second channel keeps them apart, the third joins two of them.
  const layer = onLine([
    [0, 1, 3],
    [0, 10, 50],
    [0, 0, 8],
  ]);
  const {bits} = channelCapacity(layer, layer);
  const third = Math.log2(3) - 2 / 3;
  allCloseTo(t, bits.subarray(0, 3), [Math.log2(3), Math.log2(3), third], 1e-15);
});

test('a channel without differences has capacity 0 with any other', t => {
  const dead = [0, 0, 0, 0, 0];
  const constant = [7, 7, 7, 7, 7];
  const alive = [0, 1, 5, 2, 9];
  const {bits, millerMadow, hx, hy, baseline} = channelCapacity(
    onLine([dead, alive]),
    onLine([dead, constant, alive]),
    {permutations: 3},
  );
  for (const values of [bits, millerMadow, baseline!.mean, baseline!.p95]) {
    t.deepEqual([...values.subarray(0, 5)], [0, 0, 0, 0, 0]);
    t.not(values[5], 0);
  }
  t.is(hx[0], 0);
  t.deepEqual([...hy.subarray(0, 2)], [0, 0]);
});

test('a channel with a non-finite value has no capacity, and the others keep theirs', t => {
  const [x, y] = [
    [0, 1, 5, 2],
    [3, 1, 0, 4],
  ];
  const some = channelCapacity(onLine([x, [0, NaN, 1, 2]]), onLine([[0, 1, 2, -Infinity], y, [1, 1, 1, 1]]), {
    permutations: 2,
  });
  const alone = channelCapacity(onLine([x]), onLine([y]), {permutations: 2});
  const row = (value: number) => [NaN, value, 0, NaN, NaN, NaN];
  t.deepEqual([...some.bits], row(alone.bits[0]!));
  t.deepEqual([...some.millerMadow], row(alone.millerMadow[0]!));
  t.deepEqual([...some.baseline!.mean], row(alone.baseline!.mean[0]!));
  t.deepEqual([...some.baseline!.p95], row(alone.baseline!.p95[0]!));
  t.deepEqual([some.hx[1], some.hy[0]], [NaN, NaN]);
});

test('without a pair there is no capacity, and one pair has none to share', t => {
  const layer = (samples: number) =>
    pairCodes(new Float32Array(samples * 6).map(seededRandom(1)), {channels: 3, samples, pixels: 2});
  for (const samples of [0, 1]) {
    const {bits, millerMadow, hx, baseline, pairs} = channelCapacity(layer(samples), layer(samples), {
      permutations: 2,
    });
    const none = Array<number>(9).fill(NaN);
    t.deepEqual(
      [[...bits], [...millerMadow], [...baseline!.mean], [...baseline!.p95]],
      [none, none, none, none],
    );
    t.deepEqual([...hx], [NaN, NaN, NaN]);
    t.is(pairs, 0);
  }
  t.deepEqual([...channelCapacity(layer(2), layer(2)).bits], Array<number>(9).fill(0));
});

test('copies of two samples leave two distances: one bit at most', t => {
  const layer = onLine([[0, 0, 0, 4, 4, 4]]);
  const {bits} = channelCapacity(layer, layer);
  allCloseTo(t, bits, [-0.4 * Math.log2(0.4) - 0.6 * Math.log2(0.6)], 1e-15);
});

test('one bin has nothing to tell, and 256 bins tell at most 8 bits', t => {
  const values = Array.from({length: 60}, seededRandom(2));
  const [one, many] = [onLine([values], 1), onLine([values], 256)];
  t.deepEqual([...channelCapacity(one, one).bits], [0]);
  const {bits} = channelCapacity(many, many);
  t.is(bits[0], many.entropy[0]);
  t.true(Number(bits[0]) > 7 && Number(bits[0]) <= 8);
});

test('many channels give what each pair of them gives alone', t => {
  const lists = (seed: number, channels: number) => {
    const random = seededRandom(seed);
    return Array.from({length: channels}, () => Array.from({length: 30}, () => Math.floor(random() * 9)));
  };
  const [from, to] = [lists(1, 7), lists(2, 5)];
  const together = channelCapacity(onLine(from), onLine(to), {permutations: 4});
  for (const [a, x] of from.entries()) {
    for (const [b, y] of to.entries()) {
      const alone = channelCapacity(onLine([x]), onLine([y]), {permutations: 4});
      const cell = a * to.length + b;
      t.is(together.bits[cell], alone.bits[0]);
      t.is(together.millerMadow[cell], alone.millerMadow[0]);
      t.is(together.baseline!.p95[cell], alone.baseline!.p95[0]);
    }
  }
});

/** A layer whose channels hold small integers: duplicates, ties and dead channels are likely. */
const layerOf = (samples: number) =>
  fc.tuple(fc.integer({min: 1, max: 5}), fc.integer({min: 1, max: 3})).chain(([channels, pixels]) => {
    const length = channels * samples * pixels;
    return fc
      .array(fc.integer({min: -5, max: 5}), {minLength: length, maxLength: length})
      .map(values => ({maps: Float32Array.from(values), shape: {channels, samples, pixels}}));
  });
const twoLayers = fc
  .integer({min: 2, max: 14})
  .chain(samples =>
    fc.record({from: layerOf(samples), to: layerOf(samples), bins: fc.integer({min: 1, max: 64})}),
  );

test('C(X,Y) = C(Y,X) to the last bit', t => {
  fc.assert(
    fc.property(twoLayers, ({from, to, bins}) => {
      const [x, y] = [pairCodes(from.maps, from.shape, {bins}), pairCodes(to.maps, to.shape, {bins})];
      const [forth, back] = [channelCapacity(x, y), channelCapacity(y, x)];
      for (let a = 0; a < x.channels; a++) {
        for (let b = 0; b < y.channels; b++) {
          t.is(forth.bits[a * y.channels + b], back.bits[b * x.channels + a]);
          t.is(forth.millerMadow[a * y.channels + b], back.millerMadow[b * x.channels + a]);
        }
      }
      t.deepEqual(forth.hx, back.hy);
    }),
    {seed: 1},
  );
});

test('0 <= C <= min(H(X), H(Y)), and C(X,X) = H(X) to the last bit', t => {
  fc.assert(
    fc.property(twoLayers, ({from, to, bins}) => {
      const [x, y] = [pairCodes(from.maps, from.shape, {bins}), pairCodes(to.maps, to.shape, {bins})];
      const {bits, hx, hy} = channelCapacity(x, y);
      const itself = channelCapacity(x, x).bits;
      for (let a = 0; a < x.channels; a++) {
        t.is(itself[a * x.channels + a], x.entropy[a]);
        for (let b = 0; b < y.channels; b++) {
          const capacity = Number(bits[a * y.channels + b]);
          t.true(capacity >= 0 && capacity <= Math.min(Number(hx[a]), Number(hy[b])) + 1e-14);
        }
      }
    }),
    {seed: 2},
  );
});

test('the order of the samples does not matter, as long as it is the same in both layers', t => {
  fc.assert(
    fc.property(twoLayers, fc.integer(), ({from, to, bins}, seed) => {
      const order = shuffle([...Array(from.shape.samples).keys()], seededRandom(seed));
      const reordered = ({maps, shape}: typeof from) =>
        pairCodes(withOrder(maps, shape, order), shape, {bins});
      const [x, y] = [pairCodes(from.maps, from.shape, {bins}), pairCodes(to.maps, to.shape, {bins})];
      t.deepEqual(channelCapacity(reordered(from), reordered(to)), channelCapacity(x, y));
    }),
    {seed: 3},
  );
});

test('half as many bins never tell more', t => {
  fc.assert(
    fc.property(twoLayers, fc.integer({min: 1, max: 128}), ({from, to}, bins) => {
      const of = (count: number) =>
        channelCapacity(
          pairCodes(from.maps, from.shape, {bins: count}),
          pairCodes(to.maps, to.shape, {bins: count}),
        ).bits;
      const [coarse, fine] = [of(bins), of(2 * bins)];
      return coarse.every((capacity, cell) => capacity <= Number(fine[cell]) + 1e-12);
    }),
    {seed: 4},
  );
  t.pass();
});

test('the scale of either layer does not matter, nor an offset', t => {
  fc.assert(
    fc.property(twoLayers, fc.integer({min: -60, max: 60}), ({from, to, bins}, power) => {
      const plain = channelCapacity(
        pairCodes(from.maps, from.shape, {bins}),
        pairCodes(to.maps, to.shape, {bins}),
      );
      const moved = channelCapacity(
        pairCodes(
          from.maps.map(value => value * 2 ** power),
          from.shape,
          {bins},
        ),
        pairCodes(
          to.maps.map(value => value + 4096),
          to.shape,
          {bins},
        ),
      );
      t.deepEqual(moved, plain);
    }),
    {seed: 5},
  );
});

test('its input is left as it was', t => {
  const [from, to] = [noise(5, 12, 12), noise(3, 12, 13)];
  const [x, y] = [pairCodes(from.maps, from.shape), pairCodes(to.maps, to.shape)];
  channelCapacity(x, y, {permutations: 2});
  t.deepEqual([x, y], [pairCodes(from.maps, from.shape), pairCodes(to.maps, to.shape)]);
});

test('wrong arguments are refused by name', t => {
  const layer = onLine([[0, 1, 3]]);
  const refused = (message: string, run: () => unknown) => t.throws(run, {instanceOf: RangeError, message});
  refused('channelCapacity: both layers must have the same samples, got 3 and 4.', () =>
    channelCapacity(layer, onLine([[0, 1, 3, 4]])),
  );
  refused('channelCapacity: both layers must have the same bins, got 32 and 16.', () =>
    channelCapacity(layer, onLine([[0, 1, 3]], 16)),
  );
  for (const permutations of [-1, 2.5, NaN]) {
    refused(
      `channelCapacity: permutations must be an integer >= 0 (0: no baseline), got ${permutations}.`,
      () => channelCapacity(layer, layer, {permutations}),
    );
  }
  refused('channelCapacity: seed must be a finite number, got NaN.', () =>
    channelCapacity(layer, layer, {permutations: 1, seed: NaN}),
  );
});
