import test from 'ava';
import {spanOf, spansOf} from '#ui/model/span.js';

test('neighbours in a list are one span', t => {
  t.deepEqual(spansOf([0, 1, 2, 5, 7, 8]), [
    {from: 0, to: 2},
    {from: 5, to: 5},
    {from: 7, to: 8},
  ]);
  t.deepEqual(spansOf([]), []);
});

test('a span has its lower end first, whichever way it was drawn', t => {
  t.deepEqual(spanOf(5, 2), {from: 2, to: 5});
  t.deepEqual(spanOf(3, 3), {from: 3, to: 3});
});
