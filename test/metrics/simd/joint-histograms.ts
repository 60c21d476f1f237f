import test from 'ava';
import {jointHistogram, pairCodes, type PairCodes} from 'cnnslicer/metrics';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {seededRandom, type Random} from '#src/shared/index.js';

const CASES = 1000;
const BINS = [1, 2, 7, 8, 16, 31, 32, 33, 64, 100, 256];

/** Maps with dead channels, constant ones, copies of samples and rectified noise. */
function randomMaps(random: Random, channels: number, samples: number, pixels: number): Float32Array {
  const maps = new Float32Array(channels * samples * pixels);
  for (let channel = 0; channel < channels; channel++) {
    const kind = Math.floor(random() * 5);
    for (let sample = 0; sample < samples; sample++) {
      const first = (channel * samples + sample) * pixels;
      const isCopy = kind === 2 && sample > 0 && random() < 0.5;
      for (let pixel = 0; pixel < pixels; pixel++) {
        const value = kind === 0 ? 0 : kind === 1 ? 3 : Math.max(0, random() - 0.4);
        maps[first + pixel] = isCopy ? (maps[first + pixel - pixels] as number) : value;
      }
    }
  }
  if (random() < 0.1) maps[Math.floor(random() * maps.length)] = NaN;
  return maps;
}

function plainHistograms(from: PairCodes, to: PairCodes): Uint32Array {
  const size = from.bins ** 2;
  const counts = new Uint32Array(from.channels * to.channels * size);
  for (let pair = 0; pair < from.channels * to.channels; pair++) {
    const [a, b] = [Math.floor(pair / to.channels), pair % to.channels];
    jointHistogram(from, a, to, b, counts.subarray(pair * size, (pair + 1) * size));
  }
  return counts;
}

test(`joint histograms are the same integers in plain code, in one thread and in three, in ${CASES} random cases`, async t => {
  const [one, three] = await Promise.all([
    MetricsPool.create({threads: 1}),
    MetricsPool.create({threads: 3}),
  ]);
  t.teardown(() => Promise.all([one.close(), three.close()]));
  const random = seededRandom(4);
  const upTo = (max: number) => 1 + Math.floor(random() * max);
  let cases = 0;
  for (; cases < CASES; cases++) {
    const samples = cases % 50 === 0 ? cases % 3 : upTo(30);
    const bins = BINS[cases % BINS.length] as number;
    const layer = () => {
      const shape = {channels: upTo(5), samples, pixels: upTo(9)};
      return pairCodes(randomMaps(random, shape.channels, samples, shape.pixels), shape, {bins});
    };
    const [from, to] = [layer(), layer()];
    const expected = Buffer.from(plainHistograms(from, to).buffer);
    for (const pool of [one, three]) {
      const counts = await pool.jointHistograms(from, to);
      if (!expected.equals(Buffer.from(counts.buffer))) t.fail(`case ${cases}, ${pool.threads} threads`);
    }
  }
  t.is(cases, CASES);
});
