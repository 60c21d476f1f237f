import test from 'ava';
import {readdir} from 'node:fs/promises';
import {Kept} from '../../reproduce/kept.js';
import {runSteps, type Step} from '../../reproduce/steps.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('what was found is taken for the same key, and computed again for another', async t => {
  const folder = await temporaryFolder(t);
  let times = 0;
  const work = () => Promise.resolve(++times);
  const once = (key: unknown) => new Kept(folder).once('claim', key, work);
  t.deepEqual(await once({seed: 1, code: 'a'}), [1, 'done']);
  t.deepEqual(await once({seed: 1, code: 'a'}), [1, 'kept']);
  t.deepEqual(await once({seed: 1, code: 'b'}), [2, 'done'], 'other code');
  t.deepEqual(await once({seed: 2, code: 'a'}), [3, 'done'], 'another seed');
});

test('work that fails leaves nothing behind', async t => {
  const folder = await temporaryFolder(t);
  await t.throwsAsync(new Kept(folder).once('claim', 1, () => Promise.reject(new Error('made'))));
  t.deepEqual(await readdir(folder), []);
});

function steps(names: string[], run: (name: string) => 'done' | 'kept'): Step[] {
  return names.map(name => ({name, weight: 1, run: () => Promise.resolve(run(name))}));
}

test('every step is announced, with the time left once one was done; a kept one tells nothing about time', async t => {
  const lines: string[] = [];
  const {signal} = new AbortController();
  await runSteps(
    steps(['a', 'b', 'c'], name => (name === 'a' ? 'kept' : 'done')),
    {signal, say: line => lines.push(line)},
  );
  t.is(lines.length, 4);
  t.regex(lines[1] ?? '', /2\/3 b$/);
  t.regex(lines[2] ?? '', /3\/3 c, about .* left$/);
  t.regex(lines[3] ?? '', /done in/);
});

test('an interruption ends it before the next step', async t => {
  const interrupt = new AbortController();
  const done: string[] = [];
  const running = runSteps(
    steps(['a', 'b'], name => {
      done.push(name);
      interrupt.abort(new Error('stopped; what was finished is kept.'));
      return 'done';
    }),
    {signal: interrupt.signal, say: () => {}},
  );
  await t.throwsAsync(running, {message: /^stopped/});
  t.deepEqual(done, ['a']);
});
