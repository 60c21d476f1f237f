import test from 'ava';
import {divergingPalette, largestSize, signedPicture} from '#src/shared/index.js';
import {closeTo} from '../../support/close-to.js';

const ramp = Uint8ClampedArray.from({length: 768}, (_, i) => Math.floor(i / 3));

test('the ends of the palette are the limit of either sign, its middle is 0', t => {
  const {width, height, pixels} = signedPicture(Float32Array.of(-2, 0, 2, 9), [2, 2], {
    limit: 2,
    palette: ramp,
  });
  t.deepEqual([width, height], [2, 2]);
  t.deepEqual(
    [0, 1, 2, 3].map(i => pixels[i * 4]),
    [0, 128, 255, 255],
  );
  t.is(pixels[3], 255);
});

test('three channels are colour around grey', t => {
  const {pixels} = signedPicture(Float32Array.of(-1, 0, 1), [1, 1, 3], {limit: 1, palette: ramp});
  t.deepEqual([...pixels], [0, 128, 255, 255]);
});

test('any other number of channels is their mean, and a flat input is one row', t => {
  const two = signedPicture(Float32Array.of(2, 0), [1, 1, 2], {limit: 1, palette: ramp});
  t.is(two.pixels[0], 255);
  const flat = signedPicture(Float32Array.of(1, -1, 0), [3], {limit: 1, palette: ramp});
  t.deepEqual([flat.width, flat.height], [3, 1]);
});

test('where all is 0 everything is the middle', t => {
  const {pixels} = signedPicture(new Float32Array(2), [1, 2], {limit: 0, palette: ramp});
  t.deepEqual([pixels[0], pixels[4]], [128, 128]);
});

test('the largest size skips what is not finite', t => {
  t.is(largestSize([Float32Array.of(-3, 2), Float32Array.of(Infinity, Number.NaN, 1)]), 3);
  t.is(largestSize([]), 0);
});

test('the diverging scale is as light or as dark as the page in its middle, and as strong on both sides', t => {
  for (const theme of ['light', 'dark'] as const) {
    const palette = divergingPalette(theme);
    const lightness = (i: number) =>
      0.2126 * (palette[i * 3] ?? 0) +
      0.7152 * (palette[i * 3 + 1] ?? 0) +
      0.0722 * (palette[i * 3 + 2] ?? 0);
    const [low, middle, high] = [0, 128, 255].map(lightness) as [number, number, number];
    closeTo(t, low, high, 30);
    t.true(Math.abs(low - middle) > 90);
  }
});
