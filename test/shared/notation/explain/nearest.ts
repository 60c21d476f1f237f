import test from 'ava';
import {nearest} from '#src/shared/notation/explain/nearest.js';

test('the nearest of several is found, at any index, and of equals the first', t => {
  t.is(nearest('bims', ['bins', 'dims', 'seed']), 'bins');
  t.is(nearest('bims', ['dims', 'bins']), 'dims');
  t.is(nearest('permutation', ['permutatio', 'permutation']), 'permutation');
  t.is(nearest('permutation', ['permutatiom', 'permutations', 'permutation']), 'permutation');
});

test('two edits are near, and half of a word is not', t => {
  t.is(nearest('ranges', ['rage']), 'rage');
  t.is(nearest('ranges', ['rag']), null);
  t.is(nearest('hxx', ['hx', 'h']), 'hx');
  t.is(nearest('hxx', ['h']), null);
  t.is(nearest('h', ['k', 'c']), null);
  t.is(nearest('', ['k']), null);
});

test('the case of letters is no slip', t => {
  t.is(nearest('DCNN', ['dCNN']), 'dCNN');
  t.is(nearest('h', ['H']), 'H');
});
