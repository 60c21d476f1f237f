import test from 'ava';
import fc from 'fast-check';
import {channelEntropy, intraSampleEntropy, type MapsShape, type RangeRule} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {
  fixtureCases,
  fixtureValues,
  type FixtureArray,
  type FixtureCase,
} from '../support/metric-fixtures.js';
import {allCloseTo} from '../support/close-to.js';

interface IntraCase extends FixtureCase {
  input: FixtureArray & {shape: [samples: number, height: number, width: number, channels: number]};
  params: {
    bins: number;
    range: RangeRule | 'maxabs' | 'tanh';
    labels: number[] | null;
    n_classes: number | null;
  };
  expected: {
    per_map: number[][];
    per_channel: number[];
    n_valid: number[];
    n_invalid: number;
    n_clipped: number;
    per_class?: number[][];
    class_count?: number[][];
  };
}

/** The oracle's two extra rules are fixed ranges: of values mapped by tanh, or of [-m, m] with m the largest |value|. */
function prepare(values: Float32Array, range: IntraCase['params']['range']): [Float32Array, RangeRule] {
  if (range === 'tanh') return [values.map(Math.tanh), [-1, 1]];
  if (range !== 'maxabs') return [values, range];
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return [values, [-largest, largest]];
}

for (const {name, input, params, expected, tol} of fixtureCases<IntraCase>('intra')) {
  test(`agrees with the reference: ${name}`, t => {
    const [samples, height, width, channels] = input.shape;
    const [maps, range] = prepare(fixtureValues(input), params.range);
    const shape = {samples, pixels: height * width, channels};
    const entropy = intraSampleEntropy(maps, shape, {bins: params.bins, range});
    allCloseTo(t, entropy.bits, expected.per_map.flat(), tol);
    t.is(entropy.invalid, expected.n_invalid);
    t.is(entropy.clipped, expected.n_clipped);
    const {mean, n} = channelEntropy(entropy);
    allCloseTo(t, mean, expected.per_channel, tol);
    t.deepEqual([...n], expected.n_valid);
    for (const [label, ofClass] of (expected.per_class ?? []).entries()) {
      const members = [...(params.labels ?? []).keys()].filter(sample => params.labels?.[sample] === label);
      const channelsOfClass = channelEntropy(entropy, members);
      allCloseTo(t, channelsOfClass.mean, ofClass, tol);
      t.deepEqual([...channelsOfClass.n], expected.class_count?.[label]);
    }
  });
}

test('a uniform histogram has log2(bins) bits', t => {
  for (const bins of [2, 3, 8, 32, 100]) {
    const map = Float32Array.from({length: 6 * bins}, (_, i) => i % bins);
    const {bits} = intraSampleEntropy(map, {samples: 1, pixels: 6 * bins, channels: 1}, {bins});
    allCloseTo(t, bits, [Math.log2(bins)], 1e-12);
  }
});

test('values on an edge belong to the bin above it, except the largest', t => {
  // Bins of [0, 4] in quarters: [0, 1) [1, 2) [2, 3) [3, 4].
  const map = Float32Array.of(0, 1, 2, 4);
  const shape = {samples: 1, pixels: 4, channels: 1};
  t.deepEqual([...intraSampleEntropy(map, shape, {bins: 4}).bits], [2]);
  t.deepEqual(
    [...intraSampleEntropy(Float32Array.of(0, 3, 3.5, 4), shape, {bins: 4}).bits],
    [2 - 0.75 * Math.log2(3)],
  );
});

test('each range rule takes its own minimum and maximum', t => {
  // Sample 0: channels [0, 1], [0, 10]; sample 1: channels [0, 100], [0, 1000]. Two bins, two pixels.
  const maps = Float32Array.of(0, 0, 1, 10, 0, 0, 100, 1000);
  const bitsUnder = (range: RangeRule) => [
    ...intraSampleEntropy(maps, {samples: 2, pixels: 2, channels: 2}, {bins: 2, range}).bits,
  ];
  t.deepEqual(bitsUnder('layer'), [0, 0, 0, 1]);
  t.deepEqual(bitsUnder('channel'), [0, 0, 1, 1]);
  t.deepEqual(bitsUnder('map'), [1, 1, 1, 1]);
  t.deepEqual(bitsUnder([0, 20]), [0, 1, 1, 1]);
});

test('constant maps have entropy 0 and are marked, whatever the range', t => {
  const maps = Float32Array.of(3, 0, 3, 1, 3, 0, 3, 1);
  for (const range of ['layer', 'channel', 'map', [3, 3]] as const) {
    const {bits, constant} = intraSampleEntropy(maps, {samples: 1, pixels: 4, channels: 2}, {range});
    t.is(bits[0], 0);
    t.deepEqual([...constant], [1, 0]);
  }
});

test('a map with a non-finite value is NaN and counted, and its finite values still widen the range', t => {
  const maps = Float32Array.of(0, 1, NaN, 7, -Infinity, -8, 0, 0);
  const entropy = intraSampleEntropy(maps, {samples: 4, pixels: 2, channels: 1});
  t.deepEqual([...entropy.bits], [1, NaN, NaN, 0]);
  t.deepEqual([...entropy.constant], [0, 0, 0, 1]);
  t.is(entropy.invalid, 2);
  t.is(entropy.min, -8);
  t.is(entropy.max, 7);
});

test('without any finite value there is no minimum and no maximum', t => {
  const entropy = intraSampleEntropy(Float32Array.of(NaN, Infinity), {samples: 1, pixels: 2, channels: 1});
  t.is(entropy.min, null);
  t.is(entropy.max, null);
  t.is(entropy.invalid, 1);
  const none = intraSampleEntropy(new Float32Array(0), {samples: 0, pixels: 4, channels: 2});
  t.is(none.min, null);
  t.is(none.bits.length, 0);
});

test('finite values outside a fixed range go to its end bins and are counted', t => {
  const maps = Float32Array.of(-5, 0, 1, 9, Infinity, 9, 0.2, 0.9);
  const entropy = intraSampleEntropy(maps, {samples: 2, pixels: 4, channels: 1}, {bins: 2, range: [0, 1]});
  t.deepEqual([...entropy.bits], [1, NaN]);
  t.is(entropy.clipped, 3);
  t.is(intraSampleEntropy(maps, {samples: 2, pixels: 4, channels: 1}, {range: [-5, 9]}).clipped, 0);
});

test('zeros are counted per map, negative zero too', t => {
  const maps = Float32Array.of(0, 1, -0, 2, 3, 0);
  t.deepEqual([...intraSampleEntropy(maps, {samples: 1, pixels: 3, channels: 2}).zeros], [2, 1]);
});

test('many channels and pixels give what each map gives alone', t => {
  const shape = {samples: 2, pixels: 150, channels: 130};
  const random = seededRandom(5);
  const maps = Float32Array.from({length: 2 * 150 * 130}, () => Math.max(0, random() - 0.3));
  maps[5] = NaN; // in the first strip of pixels only
  const together = intraSampleEntropy(maps, shape, {range: 'map'});
  t.is(together.bits[5], NaN);
  t.is(together.invalid, 1);
  for (const [sample, channel] of [
    [0, 0],
    [0, 129],
    [1, 64],
  ] as const) {
    const map = Float32Array.from(
      {length: 150},
      (_, pixel) => maps[(sample * 150 + pixel) * 130 + channel] ?? NaN,
    );
    const alone = intraSampleEntropy(map, {samples: 1, pixels: 150, channels: 1}, {range: 'map'});
    t.is(together.bits[sample * 130 + channel], alone.bits[0]);
    t.is(together.zeros[sample * 130 + channel], alone.zeros[0]);
  }
});

const layer = fc
  .record({
    samples: fc.integer({min: 1, max: 4}),
    pixels: fc.integer({min: 1, max: 12}),
    channels: fc.integer({min: 1, max: 4}),
  })
  .chain((shape: MapsShape) => {
    const length = shape.samples * shape.pixels * shape.channels;
    return fc.record({
      shape: fc.constant(shape),
      maps: fc.float32Array({minLength: length, maxLength: length, noNaN: true, noDefaultInfinity: true}),
      bins: fc.integer({min: 1, max: 40}),
      range: fc.constantFrom<RangeRule>('layer', 'channel', 'map'),
    });
  });

test('0 <= H <= log2(min(bins, pixels)), and a constant map has 0', t => {
  fc.assert(
    fc.property(layer, ({maps, shape, bins, range}) => {
      const {bits, constant} = intraSampleEntropy(maps, shape, {bins, range});
      const ceiling = Math.log2(Math.min(bins, shape.pixels)) + 1e-12;
      return bits.every((h, map) => h >= 0 && h <= ceiling && (constant[map] === 0 || h === 0));
    }),
    {seed: 1},
  );
  t.pass();
});

test("the order of a map's pixels does not matter", t => {
  fc.assert(
    fc.property(layer, ({maps, shape, bins, range}) => {
      const {samples, pixels, channels} = shape;
      const mirrored = maps.map((_, i) => {
        const sample = Math.floor(i / (pixels * channels));
        const pixel = Math.floor(i / channels) % pixels;
        return maps[(sample * pixels + (pixels - 1 - pixel)) * channels + (i % channels)] ?? NaN;
      });
      const original = intraSampleEntropy(maps, shape, {bins, range});
      t.deepEqual(intraSampleEntropy(mirrored, {samples, pixels, channels}, {bins, range}), original);
    }),
    {seed: 2},
  );
});

test('a power of two as scale changes nothing under the relative rules', t => {
  const moderate = fc.float32Array({minLength: 24, maxLength: 24, min: -1000, max: 1000, noNaN: true});
  fc.assert(
    fc.property(moderate, fc.constantFrom<RangeRule>('layer', 'channel', 'map'), (values, range) => {
      const maps = values.map(value => Math.round(value * 8) / 8);
      const shape = {samples: 2, pixels: 4, channels: 3};
      const scaled = intraSampleEntropy(
        maps.map(value => value * 4),
        shape,
        {range},
      );
      t.deepEqual(scaled.bits, intraSampleEntropy(maps, shape, {range}).bits);
    }),
    {seed: 3},
  );
});

test('the input is left as it was', t => {
  const maps = Float32Array.of(1, NaN, 3, 4);
  intraSampleEntropy(maps, {samples: 1, pixels: 2, channels: 2});
  t.deepEqual(maps, Float32Array.of(1, NaN, 3, 4));
});

test('wrong arguments are refused by name', t => {
  const maps = new Float32Array(8);
  const shape = {samples: 2, pixels: 2, channels: 2};
  const refused = (expected: object, run: () => unknown) => t.throws(run, expected);
  refused(
    {
      instanceOf: RangeError,
      message: 'intraSampleEntropy: maps of shape [2, 2, 3] must have 12 elements, got 8.',
    },
    () => intraSampleEntropy(maps, {...shape, channels: 3}),
  );
  refused(
    {instanceOf: RangeError, message: 'intraSampleEntropy: samples must be an integer >= 0, got -1.'},
    () => intraSampleEntropy(maps, {...shape, samples: -1}),
  );
  refused(
    {instanceOf: RangeError, message: 'intraSampleEntropy: pixels must be an integer >= 1, got 0.'},
    () => intraSampleEntropy(maps, {...shape, pixels: 0}),
  );
  refused({instanceOf: RangeError, message: 'intraSampleEntropy: bins must be an integer >= 1, got 0.'}, () =>
    intraSampleEntropy(maps, shape, {bins: 0}),
  );
  refused(
    {
      instanceOf: RangeError,
      message: 'intraSampleEntropy: range must be a finite [lo, hi] with lo <= hi, got [1, 0].',
    },
    () => intraSampleEntropy(maps, shape, {range: [1, 0]}),
  );
  refused(
    {
      instanceOf: TypeError,
      message: "intraSampleEntropy: range must be 'layer', 'channel', 'map' or [lo, hi], got run.",
    },
    () => intraSampleEntropy(maps, shape, {range: 'run' as 'layer'}),
  );
});
