import test from 'ava';
import fc from 'fast-check';
import {kNearestNeighbors, type SamplesShape} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {
  fixtureCases,
  fixtureValues,
  type FixtureArray,
  type FixtureCase,
} from '../support/metric-fixtures.js';
import {allCloseTo} from '../support/close-to.js';

interface NeighborCase extends FixtureCase {
  input: FixtureArray & {shape: [samples: number, features: number]};
  expected: {n: number; n_invalid: number; k_eff: number; knn_index?: number[][]};
}

const comparable = fixtureCases<NeighborCase>('inter').filter(
  ({expected}) => expected.knn_index !== undefined && expected.n_invalid === 0 && expected.k_eff > 0,
);

for (const {name, input, expected} of comparable) {
  test(`finds the neighbours of the reference: ${name}`, t => {
    const [samples, features] = input.shape;
    const {indices} = kNearestNeighbors(fixtureValues(input), {samples, features}, expected.k_eff);
    t.deepEqual([...indices], expected.knn_index?.flat());
  });
}

/** All distances of a row, sorted: nearest first, then by index. */
function neighborsByDefinition(x: Float32Array, {samples, features}: SamplesShape, k: number) {
  const row = (i: number) => x.subarray(i * features, (i + 1) * features);
  return [...Array(samples).keys()].map(i =>
    [...Array(samples).keys()]
      .filter(j => j !== i)
      .map(j => ({j, squared: row(i).reduce((sum, a, f) => sum + (a - Number(row(j)[f])) ** 2, 0)}))
      .sort((a, b) => a.squared - b.squared || a.j - b.j)
      .slice(0, k),
  );
}

test('agrees with the definition, ties and duplicates included', t => {
  const points = fc
    .tuple(fc.integer({min: 2, max: 20}), fc.integer({min: 1, max: 5}))
    .chain(([samples, features]) =>
      fc.record({
        shape: fc.constant({samples, features}),
        k: fc.integer({min: 1, max: samples - 1}),
        x: fc
          .array(fc.integer({min: -3, max: 3}), {
            minLength: samples * features,
            maxLength: samples * features,
          })
          .map(values => Float32Array.from(values)),
      }),
    );
  fc.assert(
    fc.property(points, ({x, shape, k}) => {
      const {indices, distances} = kNearestNeighbors(x, shape, k);
      const expected = neighborsByDefinition(x, shape, k).flat();
      t.deepEqual(
        [...indices],
        expected.map(neighbor => neighbor.j),
      );
      t.deepEqual(
        [...distances],
        expected.map(neighbor => Math.sqrt(neighbor.squared)),
      );
    }),
    {seed: 1},
  );
});

for (const [samples, features] of [
  [47, 511],
  [48, 512],
  [49, 513],
  [97, 1100],
  [145, 3],
] as const) {
  test(`blocks join without a seam: ${samples} samples of ${features} features`, t => {
    const x = Float32Array.from({length: samples * features}, seededRandom(samples));
    const {indices, distances} = kNearestNeighbors(x, {samples, features}, 7);
    const expected = neighborsByDefinition(x, {samples, features}, 7).flat();
    t.deepEqual(
      [...indices],
      expected.map(neighbor => neighbor.j),
    );
    allCloseTo(
      t,
      distances,
      expected.map(neighbor => Math.sqrt(neighbor.squared)),
      1e-12,
    );
  });
}

test('ties keep the lower index first across blocks', t => {
  const {indices, distances} = kNearestNeighbors(new Float32Array(200), {samples: 100, features: 2}, 3);
  t.deepEqual([...indices.subarray(0, 3)], [1, 2, 3]);
  t.deepEqual([...indices.subarray(3, 6)], [0, 2, 3]);
  t.deepEqual([...indices.subarray(297)], [0, 1, 2]);
  t.true(distances.every(distance => distance === 0));
});

test('near-duplicates far from the origin keep their distance', t => {
  const {distances} = kNearestNeighbors(
    Float32Array.of(8192, 8192 + 2 ** -10, 9000),
    {samples: 3, features: 1},
    1,
  );
  t.is(distances[0], 2 ** -10);
});

test('scale by a power of two scales the distances and nothing else', t => {
  const x = Float32Array.from({length: 60}, seededRandom(9));
  const shape = {samples: 20, features: 3};
  const [plain, scaled] = [
    kNearestNeighbors(x, shape, 4),
    kNearestNeighbors(
      x.map(v => v * 8),
      shape,
      4,
    ),
  ];
  t.deepEqual(scaled.indices, plain.indices);
  t.deepEqual(
    scaled.distances,
    plain.distances.map(distance => distance * 8),
  );
});

test('wrong arguments are refused by name', t => {
  const x = Float32Array.of(1, 2, NaN, 4);
  t.throws(() => kNearestNeighbors(x, {samples: 4, features: 1}, 1), {
    instanceOf: RangeError,
    message: 'kNearestNeighbors: x must be finite, but sample 2 holds NaN or Infinity; leave it out.',
  });
  t.throws(() => kNearestNeighbors(Float32Array.of(1, Infinity), {samples: 2, features: 1}, 1), {
    message: 'kNearestNeighbors: x must be finite, but sample 1 holds NaN or Infinity; leave it out.',
  });
  t.throws(() => kNearestNeighbors(x, {samples: 4, features: 1}, 4), {
    instanceOf: RangeError,
    message: 'kNearestNeighbors: k must be less than the 4 samples, got 4.',
  });
  t.throws(() => kNearestNeighbors(x, {samples: 4, features: 1}, 1.5), {
    instanceOf: RangeError,
    message: 'kNearestNeighbors: k must be an integer >= 1, got 1.5.',
  });
  t.throws(() => kNearestNeighbors(new Float32Array(0), {samples: 0, features: 3}, 1), {
    message: 'kNearestNeighbors: k must be less than the 0 samples, got 1.',
  });
});
