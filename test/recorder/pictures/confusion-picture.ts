import test from 'ava';
import {LINE, textWidth} from '#src/recorder/pictures/canvas.js';
import {confusionPicture} from '#src/recorder/pictures/confusion-picture.js';
import {CARD_WIDTH} from '#src/recorder/pictures/look.js';
import type {Picture} from '#src/shared/index.js';

const names = (count: number) => Array.from({length: count}, (_, i) => `class number ${i}`);
const identity = (classes: number) =>
  Float64Array.from({length: classes ** 2}, (_, i) => (i % (classes + 1) === 0 ? 5 : 0));

/** Share of pixels darker than half. */
function darkShare({pixels}: Picture): number {
  let dark = 0;
  for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 0) < 128) dark++;
  return dark / (pixels.length / 4);
}

test('the picture stays small, from one class to two thousand', t => {
  for (const classes of [1, 2, 10, 100, 257, 1000, 2000]) {
    const {width, height, pixels} = confusionPicture(identity(classes), names(classes));
    t.is(pixels.length, width * height * 4);
    t.true(Math.max(width, height) <= 600, `${classes} classes: ${width} x ${height}`);
  }
});

test('right predictions darken the diagonal, and only it', t => {
  const right = confusionPicture(identity(100), names(100));
  const none = confusionPicture(new Float64Array(100 ** 2), names(100));
  const difference = darkShare(right) - darkShare(none);
  t.true(difference > 0.005 && difference < 0.02, `${difference}`);
});

test('rows are true classes, columns predicted ones', t => {
  const counts = new Float64Array(100 ** 2);
  counts[99] = 7; // true class 0, predicted 99
  const {width, pixels} = confusionPicture(counts, names(100));
  t.is(width, CARD_WIDTH, 'as wide as TensorBoard shows it');
  const [x, y] = [31 + 300 - 2, 26]; // right of 'true' and its gaps, in a matrix of 3 pixels a cell
  t.true((pixels[(y * width + x) * 4] ?? 255) < 60, 'the last column of the first row');
});

test('each name is above its column and next to its row', t => {
  const [cell, left, top] = [32, textWidth('true') + 8, 2 * LINE + 12];
  const counts = new Float64Array(9);
  const plain = confusionPicture(counts, ['a', 'b', 'c']);
  for (const index of [0, 1, 2]) {
    const changed = confusionPicture(
      counts,
      ['a', 'b', 'c'].map((name, i) => (i === index ? 'W' : name)),
    );
    const places = new Set<string>();
    for (let at = 0; at < plain.pixels.length; at += 4) {
      if (plain.pixels[at] === changed.pixels[at]) continue;
      const [x, y] = [(at / 4) % plain.width, Math.floor(at / 4 / plain.width)];
      places.add(y < top ? `column ${Math.floor((x - left) / cell)}` : `row ${Math.floor((y - top) / cell)}`);
      t.true(y < top || x < left, 'outside the matrix');
    }
    t.deepEqual(places, new Set([`column ${index}`, `row ${index}`]));
  }
});
