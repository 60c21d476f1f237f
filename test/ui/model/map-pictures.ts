import test from 'ava';
import {mapPictures} from '#ui/model/map-pictures.js';

test('maps are drawn on one grey scale, from the smallest value of all to the largest', t => {
  const [a, b] = mapPictures([
    {shape: [1, 2], values: Float32Array.of(0, 2)},
    {shape: [2, 1], values: Float32Array.of(4, 1)},
  ]);
  t.like(a, {width: 2, height: 1});
  t.like(b, {width: 1, height: 2});
  t.deepEqual([a?.pixels[0], a?.pixels[4], b?.pixels[0]], [0, 128, 255]);
});

test('a dense unit is one pixel, and no map at all gives no picture', t => {
  const [one] = mapPictures([{shape: [], values: Float32Array.of(3)}]);
  t.like(one, {width: 1, height: 1});
  t.deepEqual(mapPictures([]), []);
});
