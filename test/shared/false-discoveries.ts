import test from 'ava';
import {chanceDraws, discoveries, seededRandom} from '#src/shared/index.js';

test('the example of Benjamini and Hochberg (1995): four of fifteen are discoveries', t => {
  const p = Float64Array.of(
    ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
    ...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
  );
  t.deepEqual([...discoveries(p, 0.05)], [1, 1, 1, 1, ...new Array<number>(11).fill(0)]);
});

test('what was not tested counts for nothing, and order does not matter', t => {
  t.deepEqual([...discoveries(Float64Array.of(NaN, 0.9, 0.03, NaN, 0.04, 0.01))], [0, 0, 0, 0, 0, 1]);
  t.deepEqual([...discoveries(Float64Array.of(NaN, 0.03, NaN, 0.04, 0.01))], [0, 1, 0, 1, 1]);
  t.deepEqual([...discoveries(Float64Array.of(NaN, NaN))], [0, 0]);
  t.deepEqual([...discoveries(new Float64Array())], []);
});

test('of tests in which there is nothing, few families have a discovery', t => {
  const random = seededRandom(3);
  let families = 0;
  for (let family = 0; family < 400; family++) {
    if (discoveries(Float64Array.from({length: 50}, random)).includes(1)) families++;
  }
  t.true(families / 400 < 0.09, `${families} of 400`);
});

test('the larger a matrix the fewer its shuffles, within limits', t => {
  t.is(chanceDraws(8 * 16, 256), 399);
  t.is(chanceDraws(32 * 32, 256), 64);
  t.is(chanceDraws(48 * 48, 256), 28);
  t.is(chanceDraws(512 * 512, 256), 19);
  t.is(chanceDraws(100, 0), 399);
});
