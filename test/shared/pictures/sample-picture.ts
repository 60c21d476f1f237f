import test from 'ava';
import {pictureRange, samplePicture} from '#src/shared/index.js';

test('one channel is grey, three are colour', t => {
  const grey = samplePicture(Float32Array.of(0, 0.5, 1, 0.2), {spatial: [2, 2], channels: 1}, [0, 1]);
  t.deepEqual([grey.width, grey.height], [2, 2]);
  t.deepEqual([...grey.pixels.subarray(4, 8)], [128, 128, 128, 255]);
  const colour = samplePicture(Float32Array.of(1, 0, 0.2), {spatial: [1, 1], channels: 3}, [0, 1]);
  t.deepEqual([...colour.pixels], [255, 0, 51, 255]);
});

test('other channel counts are drawn by their mean, and an input without axes as one row', t => {
  const two = samplePicture(Float32Array.of(0, 1), {spatial: [1, 1], channels: 2}, [0, 1]);
  t.is(two.pixels[0], 128);
  const flat = samplePicture(Float32Array.of(0, 1, 0), {spatial: [], channels: 3}, [0, 1]);
  t.deepEqual([flat.width, flat.height], [3, 1]);
});

test('the range is the usual one that holds all values', t => {
  t.deepEqual(pictureRange([Float32Array.of(0.1, 0.9)]), [0, 1]);
  t.deepEqual(pictureRange([Float32Array.of(-0.5, 0.9)]), [-1, 1]);
  t.deepEqual(pictureRange([Float32Array.of(0, 200)]), [0, 255]);
  t.deepEqual(pictureRange([Float32Array.of(-3, 2)]), [-3, 2]);
});
