import test from 'ava';
import {mnist} from 'cnnslicer/datasets';

test('a draw holds an even number of each class, values 0..1, and is the same for the same seed', async t => {
  const {xs, labels} = await mnist.load('train', 40, {seed: 3});
  t.is(xs.length, 40 * 28 * 28);
  t.deepEqual(
    mnist.classNames.map((_, label) => labels.filter(other => other === label).length),
    mnist.classNames.map(() => 4),
  );
  t.true(xs.every(value => value >= 0 && value <= 1));
  t.true(xs.some(value => value > 0.9));
  t.deepEqual(await mnist.load('train', 40, {seed: 3}), {xs, labels});
  t.notDeepEqual((await mnist.load('train', 40, {seed: 4})).xs, xs);
});

test('a draw that asks for more than there is gets all', async t => {
  t.is((await mnist.load('test', 1e6, {seed: 0})).labels.length, 10_000);
});
