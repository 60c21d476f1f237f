import test from 'ava';
import {chooseSamples} from '#ui/model/channel-samples.js';

const rows = [2, 0, 0, 1, 2, 0, 1, 2].map((label, sample) => ({sample, label})).reverse();

test('of one class the first samples are shown', t => {
  t.deepEqual(chooseSamples(rows, {class: 0, stored: 8, most: 2}), {
    shown: [1, 2],
    available: 3,
    total: 3,
  });
});

test('of all classes one sample each comes before a second of any', t => {
  t.deepEqual(chooseSamples(rows, {class: null, stored: 8, most: 5}).shown, [1, 3, 0, 2, 6]);
});

test('samples without stored activations are counted and not shown', t => {
  t.deepEqual(chooseSamples(rows, {class: 2, stored: 5, most: 8}), {
    shown: [0, 4],
    available: 2,
    total: 3,
  });
  t.deepEqual(chooseSamples(rows, {class: null, stored: 0, most: 8}), {shown: [], available: 0, total: 8});
});
