import test from 'ava';
import {PairDistances, samplesOf, type SquaredDistances} from 'cnnslicer/metrics';
import {simdSquaredDistances} from 'cnnslicer/metrics/simd';
import {squaredDistances} from '#src/metrics/squared-distances.js';
import {seededRandom} from '#src/shared/index.js';

/** All distances, row after row. */
function distancesOf(pairs: PairDistances): number[] {
  const found: number[] = [];
  pairs.forEachSquaredDistance((_i, _j, distance) => found.push(distance));
  return found;
}

const versions: [string, SquaredDistances][] = [
  ['the plain version', squaredDistances],
  ['the kernel', simdSquaredDistances()],
];
for (const [name, version] of versions) {
  test(`features that are read strip by strip give the distances of one piece, to the last bit: ${name}`, t => {
    for (const [samples, features] of [
      [2, 9],
      [49, 16],
      [130, 37],
      [97, 1100],
    ] as const) {
      const random = seededRandom(samples);
      // Far from 0, so that the order of sums shows.
      const x = Float32Array.from({length: samples * features}, () => 1e3 + random() ** 9 * 1e4);
      x[3 * features] = NaN;
      const shape = {samples, features};
      const whole = distancesOf(PairDistances.of(x, shape));
      for (const block of [1, Math.ceil(samples / 3), samples - 1]) {
        const source = samplesOf(x, samples, block);
        t.deepEqual(distancesOf(PairDistances.inBlocks(source, shape, version)), whole);
      }
    }
  });
}

test('each value is read once for the distances', t => {
  const [samples, features, block] = [20, 64, 6];
  const source = samplesOf(new Float32Array(samples * features), samples, block);
  let values = 0;
  const counting = {
    ...source,
    readFeatures(first: number, count: number) {
      t.true(samples * count <= block * features);
      values += samples * count;
      return source.readFeatures(first, count);
    },
  };
  PairDistances.inBlocks(counting, {samples, features});
  t.is(values, samples * features);
});
