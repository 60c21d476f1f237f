import test from 'ava';
import {decode} from 'fast-png';
import fc from 'fast-check';
import {encodePng} from '#src/tensorboard/png.js';

/** What a reader sees: red, green and blue of each pixel. */
function seen(png: Uint8Array): number[] {
  const {data, palette, channels} = decode(png, {checkCrc: true});
  if (palette) return Array.from(data).flatMap(index => (palette[index] ?? []).slice(0, 3));
  return Array.from(data).filter((_, i) => i % channels < 3);
}

const opaque = (colours: number[]): Uint8ClampedArray<ArrayBuffer> =>
  Uint8ClampedArray.from(colours.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255, 255]));

test('any picture reads back with its colours, few or many', t => {
  const sides = fc.integer({min: 1, max: 24});
  const colours = fc.integer({min: 1, max: 0xffffff});
  fc.assert(
    fc.property(sides, sides, colours, fc.nat(), (width, height, most, seed) => {
      const values = Array.from({length: width * height}, (_, i) => (seed + i * 7919 * i) % (most + 1));
      const pixels = opaque(values);
      const png = encodePng({width, height, pixels});
      const {width: w, height: h} = decode(png);
      t.deepEqual([w, h], [width, height]);
      t.deepEqual(
        seen(png),
        Array.from(pixels).filter((_, i) => i % 4 < 3),
      );
    }),
    {seed: 6, numRuns: 200},
  );
});

test('a picture of 256 colours has a table of them, one of 257 has none', t => {
  const picture = (count: number) => {
    const pixels = opaque(Array.from({length: count}, (_, i) => i * 1000));
    return decode(encodePng({width: count, height: 1, pixels}));
  };
  t.is(picture(256).palette?.length, 256);
  t.is(picture(257).palette, undefined);
  t.is(picture(257).channels, 3);
});
