import test from 'ava';
import {channelCapacity, pairCodes} from 'cnnslicer/metrics';
import {seededRandom, shuffle} from '#src/shared/index.js';
import {noise, withOrder} from '../support/layers.js';
import {allCloseTo, closeTo} from '../support/close-to.js';

test('the baseline is the capacity of layers whose samples were put in another order', t => {
  const [from, to] = [noise(3, 15, 1), noise(2, 15, 2)];
  const x = pairCodes(from.maps, from.shape, {bins: 8});
  const random = seededRandom(42);
  const order = [...Array(15).keys()];
  const draws = Array.from({length: 5}, () => {
    shuffle(order, random);
    return channelCapacity(x, pairCodes(withOrder(to.maps, to.shape, order), to.shape, {bins: 8})).bits;
  });
  const {bits, baseline} = channelCapacity(x, pairCodes(to.maps, to.shape, {bins: 8}), {
    permutations: 5,
    seed: 42,
  });
  for (let cell = 0; cell < 6; cell++) {
    const sorted = draws.map(bits => Number(bits[cell])).sort((a, b) => a - b);
    const mean = sorted.reduce((sum, bits) => sum + bits, 0) / 5;
    // Position 0.95 * 4 = 3.8 among the order statistics.
    const p95 = 0.2 * sorted[3]! + 0.8 * sorted[4]!;
    allCloseTo(t, [baseline!.mean[cell]!, baseline!.p95[cell]!], [mean, p95], 1e-12);
    const asMuch = sorted.filter(value => value >= bits[cell]! - 1e-12).length;
    t.is(baseline!.p[cell], (asMuch + 1) / 6);
  }
  t.deepEqual([baseline!.permutations, baseline!.seed], [5, 42]);
});

test('the capacity of independent layers is what the baseline says', t => {
  const [from, to] = [noise(8, 40, 3), noise(8, 40, 4)];
  const {bits, baseline} = channelCapacity(pairCodes(from.maps, from.shape), pairCodes(to.maps, to.shape), {
    permutations: 60,
  });
  const {mean, p95} = baseline!;
  const average = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  t.true(average(bits) > 0.5, 'it is far from 0, where the truth is');
  closeTo(t, average(bits), average(mean), 0.02, 'but it is all bias');
  const above = bits.filter((capacity, cell) => capacity > Number(p95[cell])).length;
  t.true(above <= 8, `${above} of 64 channel pairs, where 3 or so are expected`);
});

test('layers that depend on each other are far above the baseline', t => {
  const {maps, shape} = noise(4, 40, 5);
  const random = seededRandom(6);
  const [from, to] = [
    pairCodes(maps, shape),
    pairCodes(
      maps.map(value => 3 * value + 0.1 * random()),
      shape,
    ),
  ];
  const {bits, baseline} = channelCapacity(from, to, {permutations: 40});
  for (let channel = 0; channel < 4; channel++) {
    const cell = channel * 4 + channel;
    t.true(Number(bits[cell]) > Number(baseline!.p95[cell]) + 1);
  }
});

test('the bias falls as samples are added, and the baseline with it', t => {
  const of = (samples: number) => {
    const [from, to] = [noise(3, samples, 7), noise(3, samples, 8)];
    const capacity = channelCapacity(pairCodes(from.maps, from.shape), pairCodes(to.maps, to.shape), {
      permutations: 3,
    });
    return [Math.max(...capacity.bits), Math.max(...capacity.baseline!.mean)].map(bits => bits < 0.03);
  };
  t.deepEqual(of(30), [false, false]);
  t.deepEqual(of(300), [true, true]);
});

test('the same seed draws the same baseline, and another seed another', t => {
  const [from, to] = [noise(2, 20, 9), noise(2, 20, 10)];
  const [x, y] = [pairCodes(from.maps, from.shape), pairCodes(to.maps, to.shape)];
  const drawn = (seed?: number) => channelCapacity(x, y, {permutations: 10, seed}).baseline!;
  t.deepEqual(drawn(7), drawn(7));
  t.notDeepEqual(drawn(7).mean, drawn(8).mean);
  t.deepEqual(drawn(), drawn(1));
});

test('one draw is its own mean and percentile', t => {
  const {maps, shape} = noise(2, 12, 11);
  const layer = pairCodes(maps, shape);
  const {mean, p95} = channelCapacity(layer, layer, {permutations: 1}).baseline!;
  t.deepEqual(mean, p95);
  t.true(mean.every(bits => bits > 0));
});

test('of independent channels a share t of the p-values is at most t, however few the draws', t => {
  const codes = (seed: number) => {
    const {maps, shape} = noise(2, 20, seed);
    return pairCodes(maps, shape, {bins: 6}); // with more bins many capacities would be equal, and p larger
  };
  for (const permutations of [1, 4, 19]) {
    const found = Array.from({length: 200}, (_, seed) => {
      const {baseline} = channelCapacity(codes(1000 + seed), codes(5000 + seed), {permutations, seed});
      return [...baseline!.p];
    }).flat();
    const least = 1 / (permutations + 1);
    t.true(found.every(p => p >= least));
    const share = found.filter(p => p === least).length / found.length;
    closeTo(t, share, least, 0.06, `${permutations} draws: ${share}`);
  }
});
