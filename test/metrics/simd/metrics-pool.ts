import test, {type ExecutionContext} from 'ava';
import {
  channelCapacity,
  interSampleEntropy,
  intraSampleEntropy,
  kNearestNeighbors,
  matrixEntropy,
  pairCodes,
  type PairCodes,
  type RangeRule,
} from 'cnnslicer/metrics';
import {MetricsPool, simdIntraSampleEntropy, simdSquaredDistances} from 'cnnslicer/metrics/simd';
import {squaredDistances} from '#src/metrics/squared-distances.js';
import {seededRandom} from '#src/shared/index.js';
import {allCloseTo, closeTo} from '../../support/close-to.js';
import {rectified} from '../../support/rectified.js';

const pool = await MetricsPool.create({threads: 2});
test.after.always(() => pool.close());

for (const [samples, features] of [
  [1, 4],
  [2, 1],
  [13, 7],
  [61, 130],
  [200, 33],
] as const) {
  test(`SIMD distances of ${samples} x ${features} are the plain ones to the last bit`, t => {
    const x = rectified(samples * features, samples);
    x.copyWithin(features, 0, features); // two rows alike
    const rows = Int32Array.from({length: samples}, (_, row) => row);
    const [fast, plain] = [
      simdSquaredDistances()({x, features, rows}),
      squaredDistances({x, features, rows}),
    ];
    t.deepEqual(fast, plain);
    if (samples > 1) t.is(fast[0], 0, 'equal rows are at distance 0');
  });
}

test('distances stay right far from the origin, where a Gram matrix would lose them', t => {
  const x = rectified(40 * 50, 3).map(value => value * 1e-3 + 100);
  const rows = Int32Array.from({length: 40}, (_, row) => row);
  const [fast, plain] = [
    simdSquaredDistances()({x, features: 50, rows}),
    squaredDistances({x, features: 50, rows}),
  ];
  t.deepEqual(fast, plain);
});

test('values whose squares no float32 holds have the plain distances', t => {
  const x = rectified(20 * 5, 4).map(value => value * 1e30);
  const rows = Int32Array.from({length: 20}, (_, row) => row);
  t.deepEqual(simdSquaredDistances()({x, features: 5, rows}), squaredDistances({x, features: 5, rows}));
});

/** Values whose distances tie up to rounding, or have no square that float32 holds. */
const ODD_VALUES: Record<string, (i: number, random: () => number) => number> = {
  'rounding ties': i => (i % 11) / 11,
  denormals: (_, random) => Math.floor(random() * 6) * 1e-42,
  'tiny among large': (_, random) => (random() < 0.1 ? random() : random() * 1e-24),
  'sure softmax': (_, random) => Math.exp(-90 * random()),
  huge: (_, random) => (random() - 0.5) * 6e38,
};

for (const [kind, value] of Object.entries(ODD_VALUES)) {
  test(`the pool is the plain version to the last bit: ${kind}`, async t => {
    const random = seededRandom(41);
    for (const [samples, pixels, channels] of [
      [30, 7, 3],
      [61, 1, 5],
      [140, 24, 4],
    ] as const) {
      const features = pixels * channels;
      const x = Float32Array.from({length: samples * features}, (_, i) => value(i, random));
      const shape = {samples, features};
      for (const k of [1, 5, samples - 1]) {
        const [found, plain] = [await pool.kNearestNeighbors(x, shape, k), kNearestNeighbors(x, shape, k)];
        t.deepEqual([...found.indices], [...plain.indices]);
        t.deepEqual([...found.distances], [...plain.distances]);
        t.deepEqual(await pool.interSampleEntropy(x, shape, {k}), interSampleEntropy(x, shape, {k}));
      }
      t.deepEqual(await pool.matrixEntropy(x, shape), matrixEntropy(x, shape));
      for (const range of ['minmax', 'zeromax', [1e-41, 3e-41]] as const) {
        const byChannel = {channels, samples, pixels};
        const [codes, plain] = [
          await pool.pairCodes(x, byChannel, {range}),
          pairCodes(x, byChannel, {range}),
        ];
        for (const part of ['codes', 'counts', 'entropy', 'degenerate', 'valid'] as const) {
          t.deepEqual([...codes[part]], [...plain[part]], part);
        }
      }
    }
  });
}

for (const range of ['layer', 'channel', 'map', [0, 1], [-0.3, 0.2]] as const) {
  test(`the kernels in the calling thread give the plain entropies of maps, range ${String(range)}`, t => {
    const measure = simdIntraSampleEntropy();
    for (const [kind, value] of Object.entries(ODD_VALUES)) {
      const random = seededRandom(43);
      for (const [samples, pixels, channels] of [
        [5, 30, 8],
        [3, 17, 3],
        [4, 1, 4],
      ] as const) {
        const x = Float32Array.from({length: samples * pixels * channels}, (_, i) => value(i, random));
        x[7] = NaN;
        const shape = {samples, pixels, channels};
        for (const bins of [1, 7, 32]) {
          const [found, plain] = [
            measure(x, shape, {bins, range}),
            intraSampleEntropy(x, shape, {bins, range}),
          ];
          t.deepEqual([...found.bits], [...plain.bits], kind);
          t.deepEqual([...found.zeros], [...plain.zeros], kind);
          t.deepEqual([found.min, found.max, found.clipped], [plain.min, plain.max, plain.clipped], kind);
        }
      }
    }
    t.throws(() => measure(new Float32Array(3), {samples: 1, pixels: 2, channels: 2}), {
      message: 'simdIntraSampleEntropy: maps of shape [1, 2, 2] must have 4 elements, got 3.',
    });
  });
}

test('the matrix entropy of the pool says why there is none', async t => {
  for (const values of [[], [1], [NaN, Infinity], [5, 5, NaN]]) {
    const [x, shape] = [Float32Array.from(values), {samples: values.length, features: 1}];
    t.deepEqual(await pool.matrixEntropy(x, shape), matrixEntropy(x, shape));
  }
});

for (const range of ['minmax', 'zeromax', [0, 2], [2.9, 2.9001]] as const) {
  test(`codes of the pool are the plain ones, range ${String(range)}`, async t => {
    const shape = {channels: 9, samples: 80, pixels: 49};
    const maps = rectified(9 * 80 * 49, 5);
    maps.fill(0, 0, 80 * 49); // a dead channel
    maps.fill(2, 80 * 49, 2 * 80 * 49);
    maps[3 * 80 * 49] = Infinity;
    maps.fill(0, 4 * 80 * 49, 5 * 80 * 49 - 1); // one value alone is not 0
    maps.set(
      maps.subarray(5 * 80 * 49, 6 * 80 * 49).map(value => value * 1e-3 + 100),
      5 * 80 * 49,
    );
    maps.set(maps.subarray(6 * 80 * 49, 7 * 80 * 49).map(Math.round), 6 * 80 * 49); // distances on edges
    assertSameCodes(t, await pool.pairCodes(maps, shape, {range}), pairCodes(maps, shape, {range}));
  });
}

test('codes of the pool are the plain ones, whatever the unit of the values, the bins and the number of samples', async t => {
  for (const [samples, pixels, bins, unit] of [
    [2, 1, 32, 1],
    [3, 5, 2, 1],
    [17, 130, 256, 7],
    [61, 9, 1, 1e-6],
    [40, 33, 100, 1e9],
    [40, 33, 32, 1e-25],
    [40, 33, 32, 1e25],
  ] as const) {
    const shape = {channels: 2, samples, pixels};
    const maps = rectified(2 * samples * pixels, samples).map(value => value * unit);
    assertSameCodes(t, await pool.pairCodes(maps, shape, {bins}), pairCodes(maps, shape, {bins}));
  }
});

function assertSameCodes(t: ExecutionContext, actual: PairCodes, expected: PairCodes): void {
  for (const name of ['codes', 'counts', 'entropy', 'degenerate', 'valid'] as const) {
    t.deepEqual([...actual[name]], [...expected[name]], name);
  }
  t.is(actual.pairs, expected.pairs);
}

test('capacity of the pool is the plain one, bit for bit, with its baseline', async t => {
  const layer = (channels: number, seed: number) =>
    pairCodes(rectified(channels * 40 * 16, seed), {channels, samples: 40, pixels: 16});
  const [from, to] = [layer(5, 1), layer(7, 2)];
  const options = {permutations: 5, seed: 9};
  const [plain, fast] = [channelCapacity(from, to, options), await pool.channelCapacity(from, to, options)];
  for (const name of ['bits', 'millerMadow', 'hx', 'hy'] as const)
    t.deepEqual([...fast[name]], [...plain[name]]);
  t.deepEqual([...(fast.baseline?.p95 ?? [])], [...(plain.baseline?.p95 ?? [])]);
  t.deepEqual([...(fast.baseline?.mean ?? [])], [...(plain.baseline?.mean ?? [])]);
});

for (const [samples, features, k] of [
  [2, 3, 1],
  [50, 8, 49],
  [97, 5, 15],
  [400, 20, 15],
] as const) {
  test(`neighbours of the pool are the plain ones, ${samples} x ${features}, k = ${k}`, async t => {
    const x = rectified(samples * features, samples + k);
    const shape = {samples, features};
    const [plain, fast] = [kNearestNeighbors(x, shape, k), await pool.kNearestNeighbors(x, shape, k)];
    t.deepEqual([...fast.indices], [...plain.indices]);
    allCloseTo(t, fast.distances, plain.distances, 1e-12);
  });
}

/** Samples whose neighbours a grid alone cannot tell. */
const HARD: Record<string, (x: Float32Array) => Float32Array> = {
  'all alike': x => x.fill(0.7),
  'all alike but one': x => x.fill(0, 1),
  'half of them alike': x => x.fill(0, 0, x.length / 2),
  'of zeros and ones': x => x.map(Math.round),
  'near-duplicates far from the origin': x => x.map(value => value * 1e-4 + 100),
  'in two far clusters': x => x.map((value, i) => value + (i < x.length / 2 ? 0 : 1e4)),
  'too small for float32 squares': x => x.map(value => value * 1e-25),
  'too large for float32 squares': x => x.map(value => value * 1e25),
};
for (const [name, make] of Object.entries(HARD)) {
  test(`neighbours of the pool are the plain ones, samples ${name}`, async t => {
    const shape = {samples: 250, features: 21};
    const x = make(rectified(250 * 21, 6));
    const [plain, fast] = [kNearestNeighbors(x, shape, 15), await pool.kNearestNeighbors(x, shape, 15)];
    t.deepEqual([...fast.indices], [...plain.indices]);
    const largest = Math.max(...plain.distances);
    allCloseTo(t, fast.distances, plain.distances, 1e-12 * largest);
  });
}

test('of equally near neighbours the pool takes the lower index, as the plain version does', async t => {
  // A grid has every distance many times over; half of the points are there twice.
  const x = Float32Array.from(
    {length: 2 * 300},
    (_, i) => Math.floor(((i >> 1) % 150) / (i % 2 === 0 ? 1 : 12)) % 12,
  );
  const shape = {samples: 300, features: 2};
  const [plain, fast] = [kNearestNeighbors(x, shape, 6), await pool.kNearestNeighbors(x, shape, 6)];
  allCloseTo(t, fast.distances, plain.distances, 1e-12);
  t.deepEqual([...fast.indices], [...plain.indices]);
});

test('inter-sample entropy of the pool is the plain one, invalid samples and few samples included', async t => {
  for (const samples of [0, 1, 2, 3, 120]) {
    const x = rectified(samples * 12, samples);
    if (samples > 3) x[40] = NaN;
    const shape = {samples, features: 12};
    const [plain, fast] = [interSampleEntropy(x, shape), await pool.interSampleEntropy(x, shape)];
    if (plain.bits !== null) closeTo(t, fast.bits, plain.bits, 1e-9);
    t.is(fast.bits === null, plain.bits === null);
    t.deepEqual({...fast, bits: 0, deficit: 0}, {...plain, bits: 0, deficit: 0});
  }
});

const RULES: RangeRule[] = ['layer', 'channel', 'map', [0, 0.5], [-0.1, 0.7], [0.125, 0.25]];
for (const range of RULES) {
  for (const channels of [4, 6, 8]) {
    test(`intra-sample entropy of the pool is the plain one, range ${String(range)}, ${channels} channels`, async t => {
      const shape = {samples: 30, pixels: 49, channels};
      const maps = rectified(30 * 49 * channels, channels);
      // Values on edges of the bins, dead maps, and what is not finite.
      for (let i = 0; i < maps.length; i += 3) maps[i] = Math.round((maps[i] as number) * 64) / 64;
      for (let pixel = 0; pixel < 49; pixel++) maps[pixel * channels + 1] = 0;
      maps[5] = Infinity;
      maps[49 * channels + 2] = NaN;
      const options = {bins: 32, range};
      const [plain, fast] = [
        intraSampleEntropy(maps, shape, options),
        await pool.intraSampleEntropy(maps, shape, options),
      ];
      t.deepEqual([...fast.bits], [...plain.bits]);
      t.deepEqual([...fast.zeros], [...plain.zeros]);
      t.deepEqual([...fast.constant], [...plain.constant]);
      t.deepEqual(
        [fast.invalid, fast.clipped, fast.min, fast.max],
        [plain.invalid, plain.clipped, plain.min, plain.max],
      );
    });
  }
}
