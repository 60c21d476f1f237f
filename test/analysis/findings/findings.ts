import test from 'ava';
import {analyze, findings} from 'cnnslicer/analysis';
import {writtenCube} from '../../support/cube.js';

test('every finding of a run has evidence that can be asked', async t => {
  const cube = await writtenCube(t, {epochs: [0, 1, 2, 3]});
  const found = await findings(cube);
  t.true(found.length > 0);
  for (const {evidence, title, confidence, basis} of found) {
    t.true((await cube.query(evidence)).rows > 0, evidence);
    t.false(/\n|NaN|undefined/.test(`${title} ${confidence.why} ${JSON.stringify(basis)}`), title);
  }
  const levels = found.map(({level}) => level);
  t.deepEqual(levels, levels.toSorted(), 'what calls for attention comes first');
});

test('a run without a finished epoch, or without classes, has no findings about them', async t => {
  t.deepEqual(await findings(await writtenCube(t, {epochs: []})), []);
});

test('analyze computes every table once, and finds it there the next time', async t => {
  const cube = await writtenCube(t);
  const steps = [];
  for await (const step of analyze(cube, {pairs: 'all', epochs: [0, 2]})) steps.push(step);
  t.is(steps.length, 2 * (3 + 2));
  t.true(steps.every(({computed}) => computed));
  t.deepEqual(steps.at(-1)?.done, steps.at(-1)?.total);
  cube.activations = () => Promise.reject(new Error('read again'));
  for await (const step of analyze(cube, {pairs: 'all', epochs: [0, 2]})) t.false(step.computed, step.what);
});

test('analyze stops when told to, and goes on from there', async t => {
  const cube = await writtenCube(t);
  const stop = new AbortController();
  const seen = [];
  await t.throwsAsync(
    async () => {
      for await (const step of analyze(cube, {}, {signal: stop.signal})) {
        seen.push(step);
        if (seen.length === 3) stop.abort(new Error('stopped'));
      }
    },
    {message: 'stopped'},
  );
  const again = [];
  for await (const step of analyze(cube)) again.push(step.computed);
  t.deepEqual(again.slice(0, 4), [false, false, false, true]);
});
