import test from 'ava';
import fc from 'fast-check';
import {pairCodes, type PairCodes, type PairCodesOptions} from 'cnnslicer/metrics';
import {exactEntropyTable} from '#src/metrics/exact-entropy-table.js';
import {codeChannel, emptyPairCodes} from '#src/metrics/pair-codes.js';
import {seededRandom} from '#src/shared/index.js';
import {closeTo} from '../support/close-to.js';

/** One channel of maps of one pixel: samples on a line. */
const onLine = (values: number[], bins?: number) =>
  pairCodes(Float32Array.from(values), {channels: 1, samples: values.length, pixels: 1}, {bins});

test('pairs lie row after row, binned over their own smallest and largest distance', t => {
  // Distances 1 3 6 | 2 5 | 3 over [1, 6] in five bins.
  const {codes, counts, pairs, samples, channels, bins} = onLine([0, 1, 3, 6], 5);
  t.deepEqual([...codes], [0, 2, 4, 1, 4, 2]);
  t.deepEqual([...counts], [1, 1, 2, 0, 2]);
  t.deepEqual([pairs, samples, channels, bins], [6, 4, 1, 5]);
});

/** Codes of the given distances between the pairs of some samples. */
function codesOf(distances: number[], samples: number, bins: number): PairCodes {
  const layer = emptyPairCodes({channels: 1, samples, pixels: 1}, bins);
  const table = exactEntropyTable(distances.length);
  codeChannel(layer, 0, Float64Array.from(distances), {range: 'minmax', table});
  return layer;
}

test('a distance on an edge belongs to the bin above it, except the largest', t => {
  t.deepEqual([...codesOf([0, 1, 2, 3, 4, 4], 4, 4).codes], [0, 1, 2, 3, 3, 3]);
});

test('the entropy is that of the bins', t => {
  // Distances 0 1 1 | 1 1 | 0.
  const {entropy, degenerate, valid} = onLine([0, 0, 1, 1]);
  closeTo(t, entropy[0], Math.log2(3) - 2 / 3, 1e-15);
  t.deepEqual([degenerate[0], valid[0]], [0, 1]);
});

test('maps of several pixels are compared by Euclidean distance', t => {
  // Distances 5, 10 and 5: two bins.
  const {counts} = pairCodes(
    Float32Array.of(0, 0, 3, 4, 6, 8),
    {channels: 1, samples: 3, pixels: 2},
    {bins: 2},
  );
  t.deepEqual([...counts], [2, 1]);
});

test('each channel has its own range and its own flags', t => {
  const noise = Array.from({length: 4}, seededRandom(1));
  const channels = [
    [0, 0, 0, 0],
    [7, 7, 7, 7],
    noise,
    noise.map(v => v * 1000),
    [1, NaN, 2, 3],
    [0, 1, Infinity, 2],
  ];
  const layer = pairCodes(Float32Array.from(channels.flat()), {channels: 6, samples: 4, pixels: 1});
  t.deepEqual([...layer.valid], [1, 1, 1, 1, 0, 0]);
  t.deepEqual([...layer.degenerate], [1, 1, 0, 0, 0, 0]);
  t.deepEqual([layer.entropy[0], layer.entropy[1], layer.entropy[4], layer.entropy[5]], [0, 0, NaN, NaN]);
  for (const dead of [0, 1]) t.is(layer.counts[dead * 32], 6);
  t.true(layer.codes.subarray(4 * 6).every(code => code === 0));
  t.true(layer.counts.subarray(4 * 32).every(count => count === 0));
  const alone = onLine(noise);
  t.deepEqual(layer.codes.subarray(2 * 6, 3 * 6), alone.codes);
  t.is(layer.entropy[2], alone.entropy[0]);
});

test('distances that are equal up to rounding are one bin, those a little further apart are not', t => {
  const equal = codesOf([3, 3 + 2e-12, 3], 3, 32);
  t.deepEqual([[...equal.codes], equal.degenerate[0], equal.entropy[0]], [[0, 0, 0], 1, 0]);
  const apart = codesOf([3, 3 + 4e-12, 3], 3, 32);
  t.deepEqual([[...apart.codes], apart.degenerate[0]], [[0, 31, 0], 0]);
});

test('bins can span 0 to the largest distance, or a fixed range whose end bins take the rest', t => {
  // Distances 4 6 8 | 2 4 | 2.
  const counts = (range: PairCodesOptions['range']) => [
    ...pairCodes(Float32Array.of(0, 4, 6, 8), {channels: 1, samples: 4, pixels: 1}, {bins: 4, range}).counts,
  ];
  t.deepEqual(counts('minmax'), [2, 2, 1, 1]);
  t.deepEqual(counts('zeromax'), [0, 2, 2, 2]);
  t.deepEqual(counts([3, 7]), [2, 2, 0, 2]);
});

test('without a pair there is no entropy, and one pair is one bin', t => {
  for (const samples of [0, 1]) {
    const none = pairCodes(new Float32Array(samples * 6), {channels: 2, samples, pixels: 3});
    t.deepEqual([none.pairs, none.codes.length], [0, 0]);
    t.deepEqual([...none.entropy], [NaN, NaN]);
    t.deepEqual(
      [[...none.valid], [...none.degenerate]],
      [
        [1, 1],
        [0, 0],
      ],
    );
  }
  const one = onLine([2, 5]);
  t.deepEqual([one.pairs, one.entropy[0], one.degenerate[0]], [1, 0, 1]);
});

test('one bin holds everything, and 256 bins fit', t => {
  const one = onLine([0, 1, 3, 7], 1);
  t.deepEqual([[...one.counts], one.entropy[0], one.degenerate[0]], [[6], 0, 0]);
  const many = onLine([...Array(257).keys()], 256);
  // Distance d of 1..256 occurs 257 - d times, each in a separate bin, except the last two.
  t.is(Math.max(...many.codes), 255);
  t.is(many.counts[0], 256);
  t.is(many.counts[255], 1);
});

test('copies far from the origin are at distance 0, and near-duplicates are not', t => {
  const codes = (offset: number) =>
    onLine(
      [0, 0, 2 ** -10, 1, 2].map(value => value + offset),
      256,
    ).codes;
  t.deepEqual(codes(8192), codes(0));
});

const layer = fc
  .record({
    channels: fc.integer({min: 1, max: 3}),
    samples: fc.integer({min: 2, max: 12}),
    pixels: fc.integer({min: 1, max: 4}),
  })
  .chain(shape => {
    const length = shape.channels * shape.samples * shape.pixels;
    return fc.record({
      shape: fc.constant(shape),
      bins: fc.integer({min: 1, max: 256}),
      maps: fc
        .array(fc.integer({min: -40, max: 40}), {minLength: length, maxLength: length})
        .map(values => Float32Array.from(values)),
    });
  });

test('counts are those of the codes, and 0 <= H <= log2(min(bins, pairs))', t => {
  fc.assert(
    fc.property(layer, ({maps, shape, bins}) => {
      const {codes, counts, entropy, degenerate, pairs} = pairCodes(maps, shape, {bins});
      for (let channel = 0; channel < shape.channels; channel++) {
        const own = codes.subarray(channel * pairs, (channel + 1) * pairs);
        const counted = Array.from({length: bins}, (_, bin) => own.filter(code => code === bin).length);
        t.deepEqual([...counts.subarray(channel * bins, (channel + 1) * bins)], counted);
        const bits = Number(entropy[channel]);
        t.true(bits >= 0 && bits <= Math.log2(Math.min(bins, pairs)) + 1e-12);
        if (degenerate[channel] === 1) t.is(bits, 0);
      }
    }),
    {seed: 1},
  );
});

test('scale by a power of two changes nothing, and an offset that float32 holds exactly neither', t => {
  const of = (maps: Float32Array, shape: Parameters<typeof pairCodes>[1]): PairCodes =>
    pairCodes(maps, shape);
  fc.assert(
    fc.property(layer, fc.integer({min: -60, max: 60}), ({maps, shape}, power) => {
      const plain = of(maps, shape);
      t.deepEqual(
        of(
          maps.map(value => value * 2 ** power),
          shape,
        ),
        plain,
      );
      t.deepEqual(
        of(
          maps.map(value => value + 2 ** 20),
          shape,
        ),
        plain,
      );
      t.deepEqual(
        of(
          maps.map(value => -value),
          shape,
        ),
        plain,
      );
    }),
    {seed: 2},
  );
});

test('at any other scale a distance keeps its bin, unless it lies on an edge up to rounding', t => {
  // Coordinates of 11 bits, so that with a factor of 13 bits the maps are exact in float32: only the distances round,
  // by 1e-16 of their size, which moves none by more than 1e-12 bins.
  const random = seededRandom(5);
  const samples = 60;
  const maps = Float32Array.from({length: 2 * samples}, () => Math.floor(random() * 2048));
  const [x, y] = [maps.filter((_, i) => i % 2 === 0), maps.filter((_, i) => i % 2 === 1)];
  const distances = [...x.keys()].flatMap(i =>
    [...x.keys()].slice(i + 1).map(j => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)),
  );
  const [min, max] = [Math.min(...distances), Math.max(...distances)];
  const onEdge = distances.map(distance => {
    const position = ((distance - min) / (max - min)) * 32;
    return Math.abs(position - Math.round(position)) < 1e-12;
  });
  t.is(onEdge.filter(Boolean).length, 2, 'the smallest and the largest alone');
  const shape = {channels: 1, samples, pixels: 2};
  const {codes} = pairCodes(maps, shape);
  fc.assert(
    fc.property(fc.integer({min: 2, max: 8191}), factor => {
      const scaled = pairCodes(
        maps.map(value => value * factor),
        shape,
      );
      t.deepEqual(scaled.codes, codes);
    }),
    {seed: 3, numRuns: 50},
  );
});

test('the input is left as it was', t => {
  const maps = Float32Array.of(1, NaN, 3, 4);
  pairCodes(maps, {channels: 2, samples: 2, pixels: 1});
  t.deepEqual(maps, Float32Array.of(1, NaN, 3, 4));
});

test('wrong arguments are refused by name', t => {
  const maps = new Float32Array(12);
  const shape = {channels: 2, samples: 3, pixels: 2};
  const refused = (message: string, run: () => unknown) => t.throws(run, {instanceOf: RangeError, message});
  refused('pairCodes: maps of shape [2, 3, 3] must have 18 elements, got 12.', () =>
    pairCodes(maps, {...shape, pixels: 3}),
  );
  refused('pairCodes: channels must be an integer >= 1, got 0.', () =>
    pairCodes(maps, {...shape, channels: 0}),
  );
  refused('pairCodes: samples must be an integer >= 0, got -1.', () =>
    pairCodes(maps, {...shape, samples: -1}),
  );
  refused('pairCodes: pixels must be an integer >= 1, got 1.5.', () =>
    pairCodes(maps, {...shape, pixels: 1.5}),
  );
  refused('pairCodes: bins must be an integer >= 1, got 0.', () => pairCodes(maps, shape, {bins: 0}));
  refused('pairCodes: bins must be an integer >= 1, got 2.5.', () => pairCodes(maps, shape, {bins: 2.5}));
  refused('pairCodes: bins must be at most 256, got 257.', () => pairCodes(maps, shape, {bins: 257}));
  refused('pairCodes: range must be a finite [lo, hi] with lo <= hi, got [2, 1].', () =>
    pairCodes(maps, shape, {range: [2, 1]}),
  );
  t.throws(() => pairCodes(maps, shape, {range: 'run' as 'minmax'}), {
    instanceOf: TypeError,
    message: "pairCodes: range must be 'minmax', 'zeromax' or [lo, hi], got run.",
  });
});
