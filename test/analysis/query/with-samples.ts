import test from 'ava';
import {column, writtenCube} from '../../support/cube.js';

/** Classes of 1, 2 and 4 samples: whatever the slice, its n is none of the probe's 7. */
const perClass = [1, 2, 4];
const uneven = {info: {probe: {samples: 7, perClass}, evaluation: {source: 'probe' as const, samples: 7}}};

test('n is of the slice, whichever measure is asked, and never of the probe', async t => {
  const cube = await writtenCube(t, uneven);
  for (const [question, n] of [
    ['H(dCNN(label=2, conv2d_1, *, 1))', 4],
    ['H(dCNN(label=1, conv2d_1, *, 1))', 2],
    ['H(dCNN({0,3,5}, conv2d_1, 2, 1))', 3],
    ['H(dCNN(*, conv2d_1, *, 1))', 7],
    ['Hx(dCNN(label=2, conv2d_1, *, *))', 4],
    ['R(dCNN(label=2, conv2d_1, *, 1))', 4],
    ['C(dCNN(label=2, conv2d_1, *, 1), dCNN(label=2, dense_1, *, 1))', 4],
    ['dCNN(label=1, conv2d_1, {0,6}, *)', 2],
    ['dCNN({0,3,5}, conv2d_1, 0, 1)', 3],
    ['mean(H(dCNN(label=2, conv2d_1, *, *)) over channel)', 4],
  ] as const) {
    t.is((await cube.query(question)).facts['n'], n, question);
  }
});

test('where rows rest on different numbers of samples, n is a range', async t => {
  const cube = await writtenCube(t, uneven);
  for (const question of [
    'H(dCNN(label=*, conv2d_1, *, 1))',
    'max(H(dCNN(label=*, conv2d_1, *, 1)) over class)',
  ]) {
    t.is((await cube.query(question)).facts['n'], '1..4', question);
  }
});

test('the n of a class entropy is of the class, beside how many samples were evaluated', async t => {
  const cube = await writtenCube(t, uneven);
  const result = await cube.query('H(label | y=1, epoch=1)');
  t.is(result.facts['n'], Number(column(result, 'n')[0]));
  t.is(result.facts['evaluated'], 7);
});
