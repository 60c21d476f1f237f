import test from 'ava';
import fc from 'fast-check';
import {featureSheet} from '#src/recorder/pictures/feature-sheet.js';
import {mapValues, shrinkMaps} from '#src/recorder/pictures/shrink-maps.js';
import type {LayerInfo} from '#src/shared/index.js';

const layerOf = (spatial: number[], channels: number): LayerInfo => ({
  index: 1,
  name: 'conv',
  className: 'Conv2D',
  spatial,
  channels,
});
const sizeOf = ({spatial, channels}: LayerInfo) => spatial.reduce((size, extent) => size * extent, channels);
const values = (layer: LayerInfo, value: (i: number) => number) =>
  Float32Array.from({length: sizeOf(layer)}, (_, i) => value(i));

test('whatever the shapes of layer and input, the sheet is a whole picture of bounded size', t => {
  const extents = fc.array(fc.integer({min: 1, max: 40}), {minLength: 1, maxLength: 3});
  const inputs = fc.array(fc.integer({min: 1, max: 80}), {maxLength: 2});
  const channels = fc.integer({min: 1, max: 90});
  fc.assert(
    fc.property(extents, channels, inputs, fc.integer({min: 1, max: 4}), (spatial, count, given, depth) => {
      const layer = layerOf(spatial, count);
      const input = layerOf(given, depth);
      const {width, height, pixels} = featureSheet({
        layer,
        maps: values(layer, i => Math.sin(i)),
        input: {layer: input, values: values(input, i => i)},
        caption: 'sample 0',
      });
      t.is(pixels.length, width * height * 4);
      t.true(width < 1000 && height < 1000, `${width} x ${height}`);
    }),
    {seed: 8, numRuns: 60},
  );
});

test('a map with values below 0 has colours, one without is grey', t => {
  const isGrey = (value: (i: number) => number): boolean => {
    const layer = layerOf([8, 8], 3);
    const input = {layer: layerOf([8, 8], 1), values: new Float32Array(64)};
    const {pixels, width, height} = featureSheet({layer, maps: values(layer, value), input, caption: ''});
    const last = (width * (height - 12) + 12) * 4; // within the last row of tiles
    return pixels[last] === pixels[last + 1] && pixels[last] === pixels[last + 2];
  };
  t.true(isGrey(i => i % 5));
  t.false(isGrey(i => (i % 5) - 4.5));
});

test('an input of three channels keeps its colours', t => {
  const input = layerOf([4, 4], 3);
  const layer = layerOf([4, 4], 1);
  const {pixels, width} = featureSheet({
    layer,
    maps: new Float32Array(16),
    input: {layer: input, values: values(input, i => (i % 3 === 0 ? 1 : 0))},
    caption: 'red',
  });
  const at = (6 * width + 6) * 4;
  t.deepEqual([...pixels.subarray(at, at + 3)], [255, 0, 0]);
});

test('maps shrink by the means of blocks, also at a ragged edge', t => {
  const maps = mapValues(Float32Array.of(1, 3, 5, 7, 9, 11), layerOf([2, 3], 1));
  const small = shrinkMaps(maps, 2);
  t.deepEqual([small.width, small.height, ...small.values], [2, 1, 5, 8]);
  t.deepEqual(shrinkMaps(maps, 3).values, maps.values);
});
