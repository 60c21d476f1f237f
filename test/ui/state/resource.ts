import {signal} from '@preact/signals';
import test from 'ava';
import {resource} from '#ui/state/resource.js';

/** A loader whose answers come when the test says so. */
function loader() {
  const requests: {
    key: number;
    aborted: AbortSignal;
    answer: (value: string) => void;
    fail: (e: Error) => void;
  }[] = [];
  const load = (key: number, aborted: AbortSignal) =>
    new Promise<string>((answer, fail) => requests.push({key, aborted, answer, fail}));
  return {requests, load};
}

/** A resource that loads from now on; `dispose` ends that. */
function started<Key, Value extends NonNullable<unknown>>(
  ...options: Parameters<typeof resource<Key, Value>>
) {
  const made = resource<Key, Value>(...options);
  return {...made, dispose: made.start()};
}

/** Lets answers that have been given arrive. */
const settled = () => new Promise(resolve => setImmediate(resolve));

test('only the newest request sets the value, whatever the order of the answers', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {value, dispose} = started(() => key.value, load);
  key.value = 2;
  t.true(requests[0]?.aborted.aborted);
  requests[1]?.answer('second');
  await settled();
  requests[0]?.answer('first');
  await settled();
  t.is(value.value, 'second');
  dispose();
});

test('a late failure of an old request says nothing', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {error, value, dispose} = started(() => key.value, load);
  key.value = 2;
  requests[0]?.fail(new Error('gone'));
  requests[1]?.answer('second');
  await settled();
  t.is(error.value, null);
  t.is(value.value, 'second');
  dispose();
});

test('the old value stays while the next one loads, and after it failed', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {error, value, dispose} = started(() => key.value, load);
  requests[0]?.answer('first');
  await settled();
  key.value = 2;
  t.is(value.value, 'first');
  requests[1]?.fail(new Error('The disk is gone.'));
  await settled();
  t.is(value.value, 'first');
  t.is(error.value?.message, 'The disk is gone.');
  dispose();
});

test('retry asks again for the same key, and success takes the error away', async t => {
  const {requests, load} = loader();
  const {error, value, retry, dispose} = started(() => 7, load);
  requests[0]?.fail(new Error('once'));
  await settled();
  retry();
  t.is(requests[1]?.key, 7);
  requests[1]?.answer('now');
  await settled();
  t.is(error.value, null);
  t.is(value.value, 'now');
  dispose();
});

test('a key that is equal by value asks for nothing new', t => {
  const key = signal({run: 'a'});
  let asked = 0;
  const {dispose} = started(
    () => key.value,
    () => Promise.resolve(asked++),
  );
  key.value = {run: 'a'};
  t.is(asked, 1);
  dispose();
});

test('no key, no value', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {value, dispose} = started(() => key.value, load);
  requests[0]?.answer('first');
  await settled();
  key.value = null;
  t.is(value.value, null);
  dispose();
});

test('a value that is kept is there at once when its key comes back, without another request', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {value, slow, dispose} = started(() => key.value, load, {keep: 2});
  requests[0]?.answer('first');
  await settled();
  key.value = 2;
  requests[1]?.answer('second');
  await settled();
  key.value = 1;
  t.is(value.value, 'first');
  t.false(slow.value);
  t.is(requests.length, 2);
  dispose();
});

test('what is likely to come next is loaded when nothing else is, and dropped when something is', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const next = (at: number) => [at + 1, at - 1];
  const {value, dispose} = started(() => key.value, load, {keep: 8, next});
  t.deepEqual(requests.map(request => request.key), [1]); // prettier-ignore
  requests[0]?.answer('one');
  await settled();
  requests[1]?.answer('two');
  await settled();
  t.deepEqual(requests.map(request => request.key), [1, 2, 0]); // prettier-ignore
  key.value = 2;
  t.is(value.value, 'two');
  t.true(requests[2]?.aborted.aborted);
  await settled();
  t.is(requests.at(-1)?.key, 3);
  dispose();
});

test('a next value that cannot be loaded disturbs no one until it is wanted', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {value, error, dispose} = started(() => key.value, load, {keep: 8, next: at => [at + 1]});
  requests[0]?.answer('one');
  await settled();
  requests[1]?.fail(new Error('gone'));
  await settled();
  t.is(error.value, null);
  t.is(value.value, 'one');
  key.value = 2;
  t.is(requests.at(-1)?.key, 2);
  dispose();
});

test('nothing is loaded before the start, nor after the end', async t => {
  const key = signal<number | null>(1);
  const {requests, load} = loader();
  const {start, retry, value} = resource(() => key.value, load);
  key.value = 2;
  retry();
  t.is(requests.length, 0);
  const stop = start();
  t.deepEqual(requests.map(request => request.key), [2]); // prettier-ignore
  stop();
  t.true(requests[0]?.aborted.aborted);
  key.value = 3;
  retry();
  requests[0]?.answer('late');
  await settled();
  t.is(requests.length, 1);
  t.is(value.value, null);
});
