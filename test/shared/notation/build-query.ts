import test from 'ava';
import {parseQuery, printQuery} from '#src/shared/index.js';
import {capacityQuery, entropyQuery, interSampleQuery, type Part} from '#src/shared/notation/build-query.js';

const parts: [Part, string][] = [
  [{}, 'dCNN(*, *, *, *)'],
  [{class: null, layers: ['conv2d_1'], epochs: [3]}, 'dCNN(*, conv2d_1, *, 3)'],
  [{class: 0, channels: [4, 9]}, 'dCNN(label=0, *, {4,9}, *)'],
  [{class: 'each', layers: ['a', 'b'], epochs: [0, 1]}, 'dCNN(label=*, {a,b}, *, {0,1})'],
];

test('a query of a part is written and read in the notation, what is left out as all of its axis', t => {
  for (const [part, text] of parts) {
    t.deepEqual(printQuery(entropyQuery(part)), printQuery(parseQuery(`H(${text})`)));
    t.deepEqual(printQuery(interSampleQuery(part)), printQuery(parseQuery(`Hx(${text})`)));
    t.is(printQuery(parseQuery(printQuery(entropyQuery(part)))), printQuery(entropyQuery(part)));
  }
});

test('a capacity is of two parts, with the options that are given', t => {
  const [from, to] = [
    {layers: ['conv2d_1'], epochs: [2]},
    {layers: ['dense_1'], class: 1, epochs: [2]},
  ];
  t.is(printQuery(capacityQuery(from, to)), 'C(dCNN(*, conv2d_1, *, 2), dCNN(label=1, dense_1, *, 2))');
  t.deepEqual(capacityQuery(from, to, {permutations: 99}).options, {permutations: 99});
});
