import test from 'ava';
import {divergingPalette, mapScale, type Picture} from '#src/shared/index.js';

const reds = ({pixels}: Picture) => [...pixels].filter((_, i) => i % 4 === 0);
const isGrey = ({pixels}: Picture) =>
  pixels.every((value, i) => i % 4 === 3 || value === pixels[i - (i % 4)]);

test('maps without a value below 0 are grey, from 0 to the largest of all of them', t => {
  const [a, b] = [Float32Array.of(0, 2), Float32Array.of(4, 1)];
  const {limit, isSigned, draw} = mapScale([a, b], 'light');
  t.deepEqual({limit, isSigned}, {limit: 4, isSigned: false});
  t.deepEqual(reds(draw(a, [1, 2])), [0, 128]);
  t.deepEqual(reds(draw(b, [2, 1])), [255, 64]);
  t.like(draw(a, [1, 2]), {width: 2, height: 1});
  t.like(draw(b, [2, 1]), {width: 1, height: 2});
});

test('one value below 0 puts all maps on the diverging scale of the theme, 0 in its middle', t => {
  const [a, b] = [Float32Array.of(-4, 0), Float32Array.of(2, 4)];
  for (const theme of ['light', 'dark'] as const) {
    const {limit, isSigned, draw} = mapScale([a, b], theme);
    t.deepEqual({limit, isSigned}, {limit: 4, isSigned: true});
    const palette = divergingPalette(theme);
    t.deepEqual([...draw(a, [2]).pixels.slice(0, 3)], [...palette.slice(0, 3)]);
    t.deepEqual([...draw(a, [2]).pixels.slice(4, 7)], [...palette.slice(128 * 3, 128 * 3 + 3)]);
    t.deepEqual([...draw(b, [2]).pixels.slice(4, 7)], [...palette.slice(-3)]);
    t.false(isGrey(draw(a, [2])));
  }
});

test('a volume is its slices below one another, and a dense unit one pixel, whatever the sign', t => {
  for (const sign of [1, -1]) {
    const volume = Float32Array.from({length: 24}, (_, i) => sign * i);
    t.like(mapScale([volume], 'light').draw(volume, [2, 3, 4]), {width: 4, height: 6});
    const unit = Float32Array.of(3 * sign);
    t.like(mapScale([unit], 'light').draw(unit, []), {width: 1, height: 1});
  }
});

test('maps of 0 alone, and none at all, have no scale and are black', t => {
  const zeros = new Float32Array(4);
  const {limit, draw} = mapScale([zeros], 'light');
  t.is(limit, 0);
  t.deepEqual(reds(draw(zeros, [2, 2])), [0, 0, 0, 0]);
  t.is(mapScale([], 'dark').limit, 0);
});
