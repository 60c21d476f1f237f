import test from 'ava';
import {
  assertChannelMajor,
  assertMaps,
  assertSamples,
  layerAsOneMap,
  stripPixels,
} from '#src/metrics/shapes.js';

const values = (length: number) => new Float32Array(length);
const refused = (message: string) => ({instanceOf: RangeError, message});

test('maps have as many values as samples, pixels and channels make', t => {
  t.notThrows(() => assertMaps('f', values(24), {samples: 2, pixels: 4, channels: 3}));
  t.throws(() => assertMaps('f', values(23), {samples: 2, pixels: 4, channels: 3}), {
    instanceOf: RangeError,
    message: /^f: maps of shape \[2, 4, 3\] .*24.*23/,
  });
});

test('the other layouts name theirs', t => {
  t.throws(() => assertChannelMajor('f', values(5), {channels: 3, samples: 2, pixels: 1}), {
    message: /\[3, 2, 1\]/,
  });
  t.throws(() => assertSamples('f', values(5), {samples: 2, features: 3}), {message: /x of shape \[2, 3\]/});
});

test('no samples are allowed, no pixels, channels and features are not', t => {
  t.notThrows(() => assertMaps('f', values(0), {samples: 0, pixels: 1, channels: 1}));
  t.notThrows(() => assertSamples('f', values(0), {samples: 0, features: 3}));
  t.throws(() => assertMaps('f', values(0), {samples: 1, pixels: 0, channels: 1}), {
    message: /^f: pixels must be .*got 0/,
  });
  t.throws(() => assertMaps('f', values(0), {samples: 1, pixels: 1, channels: 0}), {
    message: /^f: channels must be .*got 0/,
  });
  t.throws(() => assertSamples('f', values(0), {samples: 1, features: 0}), {
    message: /^f: features must be .*got 0/,
  });
});

test('an extent is a whole number', t => {
  for (const samples of [-1, 0.5, NaN, Infinity])
    t.throws(
      () => assertSamples('f', values(0), {samples, features: 1}),
      refused(`f: samples must be an integer >= 0, got ${samples}.`),
    );
});

test('a dense layer is one map, its channels the pixels', t => {
  t.deepEqual(layerAsOneMap({samples: 7, pixels: 1, channels: 10}), {samples: 7, pixels: 10, channels: 1});
  t.deepEqual(layerAsOneMap({samples: 7, pixels: 6, channels: 10}), {samples: 7, pixels: 60, channels: 1});
});

test('a strip is 4096 values of all channels, and at least a pixel', t => {
  t.is(stripPixels(1), 4096);
  t.is(stripPixels(32), 128);
  t.is(stripPixels(5000), 1);
});
