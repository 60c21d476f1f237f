import test from 'ava';
import {channelCapacity, pairCodes, samplesOf} from 'cnnslicer/metrics';
import {simdSquaredDistances} from 'cnnslicer/metrics/simd';
import {capacityPicture} from '#src/recorder/pictures/capacity-picture.js';
import {CAPACITY_SAMPLES, layerCapacity} from '#src/recorder/pictures/layer-capacity.js';
import {seededRandom, type LayerInfo} from '#src/shared/index.js';
import {closeTo} from '../../support/close-to.js';

const squaredDistances = simdSquaredDistances();

function noise(name: string, channels: number, samples: number, seed: number) {
  const random = seededRandom(seed);
  const layer: LayerInfo = {index: 1, name, className: 'Conv2D', spatial: [3, 2], channels};
  const values = Float32Array.from({length: samples * 6 * channels}, () => random());
  return {layer, values, maps: samplesOf(values, samples)};
}

/** The maps of one channel, [1, samples, pixels]. */
function channelOf({layer, values}: ReturnType<typeof noise>, channel: number, samples: number) {
  return Float32Array.from({length: samples * 6}, (_, i) => values[i * layer.channels + channel] ?? NaN);
}

test('cells are the capacities of the channels that they name', t => {
  const from = noise('a', 3, 40, 1);
  const to = noise('b', 5, 40, 2);
  const {bits, rows, columns, samples} = layerCapacity(from, to, {samples: 40, squaredDistances});
  t.deepEqual([rows, columns, samples], [[0, 1, 2], [0, 1, 2, 3, 4], 40]);
  const shape = {channels: 1, samples: 40, pixels: 6};
  const plain = channelCapacity(
    pairCodes(channelOf(from, 2, 40), shape, {squaredDistances}),
    pairCodes(channelOf(to, 3, 40), shape, {squaredDistances}),
  );
  t.is(bits[2 * 5 + 3], plain.bits[0]);
});

test('samples that are read some at a time give the same picture', t => {
  const [from, to] = [noise('a', 5, 150, 1), noise('b', 3, 150, 2)];
  const whole = layerCapacity(from, to, {samples: 150, squaredDistances});
  for (const block of [1, 7, 64, 149]) {
    const part = {layer: from.layer, maps: samplesOf(from.values, 150, block)};
    t.deepEqual(layerCapacity(part, to, {samples: 150, squaredDistances}), whole);
  }
});

test('maps that are all equally far apart tell nothing of any other', t => {
  // One value of each sample's map is set, another one for each: all distances are the same but for rounding.
  const equidistant = (name: string, samples: number, value: number) => {
    const layer: LayerInfo = {index: 1, name, className: 'Conv2D', spatial: [samples], channels: 1};
    const maps = Float32Array.from(
      {length: samples * samples},
      (_, i) => Number(i % (samples + 1) === 0) * value,
    );
    return {layer, maps: samplesOf(maps, samples)};
  };
  for (const value of [0.1, 1e-30, 3e20]) {
    const from = equidistant('orthogonal', 24, value);
    const {bits, chance} = layerCapacity(from, noise('b', 4, 24, 9), {samples: 24, squaredDistances});
    t.deepEqual([...bits], [0, 0, 0, 0]);
    t.is(chance, 0);
  }
});

test('a layer with itself has more than chance; a copy of its samples with others has chance', t => {
  const from = noise('a', 4, 128, 3);
  const own = layerCapacity(from, from, {samples: 128, squaredDistances});
  const other = layerCapacity(from, noise('b', 4, 128, 4), {samples: 128, squaredDistances});
  t.true((own.bits[0] ?? 0) > 3);
  const mean = other.bits.reduce((sum, value) => sum + value, 0) / other.bits.length;
  closeTo(t, mean, other.chance, 0.02, `${mean} and ${other.chance} bits`);
});

test('of many channels and samples only some are taken, and the picture says so', t => {
  const wide = noise('wide', 200, 150, 5);
  const capacity = layerCapacity(wide, noise('b', 2, 150, 6), {samples: 150, squaredDistances});
  t.is(capacity.rows.length, 32);
  t.is(capacity.rows.at(-1), 193);
  t.is(capacity.samples, CAPACITY_SAMPLES);
  const {width, height, pixels} = capacityPicture(capacity);
  t.is(pixels.length, width * height * 4);
  t.true(Math.max(width, height) < 450, `${width} x ${height}`);
});

test('a channel that is not finite is undefined, and the picture is drawn', t => {
  const broken = noise('a', 2, 20, 7);
  broken.values[1] = NaN;
  const capacity = layerCapacity(broken, noise('b', 2, 20, 8), {samples: 20, squaredDistances});
  t.deepEqual(Array.from(capacity.bits, Number.isNaN), [false, false, true, true]);
  t.false(Number.isNaN(capacity.chance));
  t.notThrows(() => capacityPicture(capacity));
});

test('one sample has no pair: all is undefined, and the picture is drawn', t => {
  const capacity = layerCapacity(noise('a', 2, 1, 1), noise('b', 2, 1, 2), {samples: 1, squaredDistances});
  t.true(capacity.bits.every(Number.isNaN));
  t.notThrows(() => capacityPicture(capacity));
});
