import test from 'ava';
import {Canvas, isDrawable, textWidth} from '#src/recorder/pictures/canvas.js';

/** The picture as text: `#` where it is not white. */
function seen({width, height, pixels}: Canvas): string[] {
  return Array.from({length: height}, (_, y) =>
    Array.from({length: width}, (_, x) => (pixels[(y * width + x) * 4] === 255 ? '.' : '#')).join(''),
  );
}

test('text is read from left to right, or upwards from below', t => {
  const along = new Canvas(11, 7);
  along.text('LT', 0, 0, {ink: '#000000'});
  t.deepEqual(seen(along), [
    '#.....#####',
    '#.......#..',
    '#.......#..',
    '#.......#..',
    '#.......#..',
    '#.......#..',
    '#####...#..',
  ]);
  const upwards = new Canvas(7, 11);
  upwards.text('LT', 0, 10, {ink: '#000000', upwards: true});
  const turned = seen(along).map(line => [...line]);
  const expected = Array.from({length: 11}, (_, y) => turned.map(line => line[10 - y]).join(''));
  t.deepEqual(seen(upwards), expected);
});

test('a text may be left or right of its position, or around it', t => {
  const columns = (align: 'left' | 'center' | 'right'): string => {
    const canvas = new Canvas(15, 7);
    canvas.text('L', 7, 0, {ink: '#000000', align});
    return seen(canvas).at(-1) as string;
  };
  t.is(columns('left'), '.......#####...');
  t.is(columns('right'), '..#####........');
  t.is(columns('center'), '.....#####.....');
  t.is(textWidth('LT'), 11);
  t.is(textWidth(''), 0);
});

test('what is outside is cut off', t => {
  const canvas = new Canvas(3, 3);
  canvas.fill(2, -1, {width: 9, height: 9}, '#000000');
  t.deepEqual(seen(canvas), ['..#', '..#', '..#']);
  canvas.draw(new Canvas(2, 2, '#ff0000'), -1, -1, 1);
  canvas.text('MM', -3, -3, {ink: '#000000'});
  t.is(canvas.pixels.length, 3 * 3 * 4);
});

test('a picture is drawn larger by squares', t => {
  const source = new Canvas(2, 1);
  source.fill(0, 0, {width: 1, height: 1}, '#000000');
  const canvas = new Canvas(6, 4);
  canvas.draw(source, 1, 1, 2);
  t.deepEqual(seen(canvas), ['......', '.##...', '.##...', '......']);
});

test('letters with marks are drawn as they are or without their mark; others are distinguishable', t => {
  const drawn = (text: string): string[] => {
    const canvas = new Canvas(5, 7);
    canvas.text(text, 0, 0, {ink: '#000000'});
    return seen(canvas);
  };
  t.deepEqual(drawn('é'), drawn('e'));
  t.notDeepEqual(drawn('ä'), drawn('a'));
  t.deepEqual(drawn('猫'), drawn('?'));
  t.true(isDrawable('Café Ä 10'));
  t.false(isDrawable('猫'));
});
