import {once} from 'node:events';
import {buffer, text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {PoolIsFull, ProcessDied, ProcessPool, type ProcessPoolOptions} from '#src/processes/index.js';
import type {ChildQuestion} from '../support/answering-child.js';

function pool(t: ExecutionContext, options: Partial<ProcessPoolOptions> = {}) {
  const entry = new URL('../support/answering-child.js', import.meta.url);
  const made = new ProcessPool<ChildQuestion>({entry, processes: 1, memoryMb: 64, ...options});
  t.teardown(() => made.close());
  const ask = (question: ChildQuestion, signal = new AbortController().signal) =>
    made.ask(question, {signal});
  return {made, ask, pid: async () => text(await ask({kind: 'pid'}))};
}

const isGone = (pid: string) => {
  try {
    return !process.kill(Number(pid), 0);
  } catch {
    return true;
  }
};

test('an answer is its pieces one after the other, however long each is', async t => {
  const {ask} = pool(t);
  const bytes = await buffer(await ask({kind: 'bytes', pieces: 3, length: 700_001}));
  t.is(bytes.length, 3 * 700_001);
  for (const piece of [0, 1, 2]) {
    t.true(bytes.subarray(piece * 700_001, (piece + 1) * 700_001).every(byte => byte === piece));
  }
  t.is((await buffer(await ask({kind: 'bytes', pieces: 0, length: 0}))).length, 0);
});

test('one process answers one question after the other; more questions at once get more, up to the limit', async t => {
  const one = pool(t);
  t.is(new Set(await Promise.all([one.pid(), one.pid(), one.pid()])).size, 1);
  const two = pool(t, {processes: 2});
  t.is(new Set(await Promise.all([two.pid(), two.pid(), two.pid(), two.pid()])).size, 2);
});

test('an error comes with its name and properties, and the process goes on', async t => {
  const {ask, pid} = pool(t);
  const before = await pid();
  const answer = await ask({kind: 'fail'});
  const error = await t.throwsAsync(once(answer, 'readable'));
  t.like(error, {name: 'RangeError', message: 'no such thing', code: 'NONE', status: 404});
  const late = await ask({kind: 'fail late'});
  await t.throwsAsync(buffer(late), {message: 'too late'});
  t.is(await pid(), before);
});

test('a question that outgrows its memory fails alone, and the next one is answered', async t => {
  const {ask, pid} = pool(t);
  const before = await pid();
  const answers = [ask({kind: 'outgrow'}), ask({kind: 'pid'})] as const;
  await t.throwsAsync(buffer(await answers[0]), {
    instanceOf: ProcessDied,
    message: /exceeded its limit of 64 MB/,
  });
  t.not(await text(await answers[1]), before);
  t.true(isGone(before));
});

test('an abandoned question ends at once where it can, and with its process where it cannot', async t => {
  const {ask, pid} = pool(t);
  const before = await pid();
  const leaving = new AbortController();
  const waiting = await ask({kind: 'wait'}, leaving.signal);
  leaving.abort();
  t.true(waiting.destroyed);
  t.is(await pid(), before);
  const looping = await ask({kind: 'loop'});
  await once(looping, 'readable');
  looping.destroy();
  t.not(await pid(), before);
  t.true(isGone(before));
});

test('a question that waits for its turn is dropped when it is abandoned', async t => {
  const {made, ask, pid} = pool(t);
  const first = await ask({kind: 'wait'});
  const leaving = new AbortController();
  const second = made.ask({kind: 'loop'}, {signal: leaving.signal});
  const third = pid();
  leaving.abort(new Error('left'));
  await t.throwsAsync(second, {message: 'left'});
  first.destroy();
  t.regex(await third, /^\d+$/);
});

test('a question that takes too long loses its process', async t => {
  const {ask} = pool(t, {timeoutMs: 700});
  await t.throwsAsync(buffer(await ask({kind: 'loop'})), {
    instanceOf: ProcessDied,
    message: 'This took longer than its limit of 0.7 s.',
  });
});

test('a reader that stops reading makes the process wait, and holds little', async t => {
  const {ask} = pool(t);
  const answer = await ask({kind: 'bytes', pieces: 400, length: 2 ** 18});
  await once(answer, 'readable');
  let held = -1;
  while (held !== answer.readableLength) {
    held = answer.readableLength;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  t.true(held <= 8 * 2 ** 20 + 2 ** 18, `${held} bytes`);
  t.is((await buffer(answer)).length, 400 * 2 ** 18);
});

test('progress is reported while the answer is made', async t => {
  const {made} = pool(t);
  const reported: number[] = [];
  const {signal} = new AbortController();
  t.is(
    await text(await made.ask({kind: 'progress'}, {signal, onProgress: done => reported.push(done)})),
    'done',
  );
  t.deepEqual(reported, [0.25]);
});

test('too many questions at once are refused, and a closed pool refuses all', async t => {
  const {made, ask, pid} = pool(t);
  const running = await pid();
  await ask({kind: 'wait'});
  const waiting = Array.from({length: 256}, () => ask({kind: 'pid'}));
  await t.throwsAsync(ask({kind: 'pid'}), {instanceOf: PoolIsFull});
  made.close();
  for (const asked of await Promise.allSettled(waiting)) t.is(asked.status, 'rejected');
  await t.throwsAsync(ask({kind: 'pid'}), {instanceOf: PoolIsFull});
  while (!isGone(running)) await new Promise(resolve => setTimeout(resolve, 20));
  t.pass();
});
