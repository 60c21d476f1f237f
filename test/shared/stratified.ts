import test from 'ava';
import {drawStratified} from '#src/shared/index.js';

const labels = Int32Array.from({length: 100}, (_, i) => (i < 90 ? i % 3 : 3 + (i % 2)));

test('every class has an even share, and what a small class lacks goes to the others', t => {
  const counts = (picked: number[]) =>
    [0, 1, 2, 3, 4].map(label => picked.filter(i => labels[i] === label).length);
  t.deepEqual(counts(drawStratified(labels, 20, 1)), [4, 4, 4, 4, 4]);
  t.deepEqual(counts(drawStratified(labels, 40, 1)), [10, 10, 10, 5, 5]);
  t.deepEqual(counts(drawStratified(labels, 100, 1)), [30, 30, 30, 5, 5]);
});

test('no sample is drawn twice, the seed decides, and a prefix is an even draw too', t => {
  const picked = drawStratified(labels, 50, 3);
  t.is(new Set(picked).size, 50);
  t.deepEqual(drawStratified(labels, 50, 3), picked);
  t.notDeepEqual(drawStratified(labels, 50, 4), picked);
  t.deepEqual(picked.slice(0, 20), drawStratified(labels, 20, 3));
});
