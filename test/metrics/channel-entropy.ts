import test from 'ava';
import fc from 'fast-check';
import {channelEntropy, intraSampleEntropy} from 'cnnslicer/metrics';
import {allCloseTo} from '../support/close-to.js';

/** Three samples of two pixels in one channel: entropies 1, 0 (dead, zero) and 1. */
const oneChannel = () =>
  intraSampleEntropy(Float32Array.of(0, 1, 0, 0, 1, 0), {samples: 3, pixels: 2, channels: 1});

test('mean, spread, dead maps and zeros are taken over all samples', t => {
  const {mean, std, dead, zeros, n} = channelEntropy(oneChannel());
  allCloseTo(t, mean, [2 / 3], 1e-15);
  allCloseTo(t, std, [Math.sqrt(2) / 3], 1e-15);
  allCloseTo(t, dead, [1 / 3], 1e-15);
  allCloseTo(t, zeros, [4 / 6], 1e-15);
  t.deepEqual([...n], [3]);
});

test('members restrict it to a class', t => {
  const {mean, std, dead, zeros, n} = channelEntropy(oneChannel(), [0, 2]);
  t.deepEqual([mean[0], std[0], dead[0], zeros[0], n[0]], [1, 0, 0, 0.5, 2]);
});

test('a class without samples has no mean, which is not 0', t => {
  const {mean, std, dead, zeros, n} = channelEntropy(oneChannel(), []);
  t.deepEqual([mean[0], std[0], dead[0], zeros[0], n[0]], [NaN, NaN, NaN, NaN, 0]);
});

test('maps with a non-finite value count nowhere, channel by channel', t => {
  // Sample 0 has NaN in channel 0, sample 1 in neither; channel 0 of sample 0 also holds a zero.
  const maps = Float32Array.of(NaN, 0, 0, 1, 5, 2, 5, 3);
  const entropy = intraSampleEntropy(maps, {samples: 2, pixels: 2, channels: 2}, {range: 'map'});
  const {mean, dead, zeros, n} = channelEntropy(entropy);
  t.deepEqual([...n], [1, 2]);
  t.deepEqual([...mean], [0, 1]);
  t.deepEqual([...dead], [1, 0]);
  t.deepEqual([...zeros], [0, 0.25]);
});

test('the means of two halves, weighted by their size, are the mean of all', t => {
  const values = fc.float32Array({minLength: 30, maxLength: 30, noNaN: true, noDefaultInfinity: true});
  fc.assert(
    fc.property(values, fc.integer({min: 1, max: 9}), (maps, size) => {
      const entropy = intraSampleEntropy(maps, {samples: 10, pixels: 3, channels: 1});
      const samples = [...Array(10).keys()];
      const [first] = channelEntropy(entropy, samples.slice(0, size)).mean;
      const [rest] = channelEntropy(entropy, samples.slice(size)).mean;
      const [all] = channelEntropy(entropy).mean;
      return Math.abs((size * Number(first) + (10 - size) * Number(rest)) / 10 - Number(all)) < 1e-12;
    }),
    {seed: 1},
  );
  t.pass();
});

test('a member that is no sample is refused', t => {
  t.throws(() => channelEntropy(oneChannel(), [0, 3]), {
    instanceOf: RangeError,
    message: 'channelEntropy: members must be sample indices in 0..2, got 3.',
  });
});
