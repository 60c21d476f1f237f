import test from 'ava';
import {seededRandom, shuffle} from '#src/shared/index.js';

test('the same seed gives the same numbers, in [0, 1)', t => {
  const draw = () => Array.from({length: 1000}, seededRandom(7));
  t.deepEqual(draw(), draw());
  t.true(draw().every(value => value >= 0 && value < 1));
  t.notDeepEqual(Array.from({length: 10}, seededRandom(8)), draw().slice(0, 10));
});

test('shuffle keeps every item and does not depend on anything but the seed', t => {
  const items = () => Array.from({length: 50}, (_, i) => i);
  const shuffled = shuffle(items(), seededRandom(1));
  t.deepEqual(shuffle(items(), seededRandom(1)), shuffled);
  t.notDeepEqual(shuffled, items());
  t.deepEqual(
    [...shuffled].sort((a, b) => a - b),
    items(),
  );
});
