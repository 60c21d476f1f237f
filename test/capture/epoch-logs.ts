import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {readLogs, type EpochLogs} from '#src/capture/epoch-logs.js';

test.before(() => tf.setBackend('cpu'));

const refused = (logs: unknown) => readLogs(1, logs as EpochLogs);

test('numbers become rows of the epoch, by name', async t => {
  t.deepEqual(await readLogs(3, {loss: 0.5, acc: 1}), [
    {epoch: 3, name: 'loss', value: 0.5},
    {epoch: 3, name: 'acc', value: 1},
  ]);
  t.deepEqual(await readLogs(0, {}), []);
});

test('a value that is not finite is null', async t => {
  const values = (await readLogs(1, {a: NaN, b: Infinity, c: -Infinity, d: -0})).map(({value}) => value);
  t.deepEqual(values, [null, null, null, -0]);
});

test.serial('a tensor of one value is read, whatever its shape, and left to its owner', async t => {
  const before = tf.memory().numTensors;
  const [scalar, ofOne] = [tf.scalar(0.25), tf.tensor2d([[2]])];
  const rows = await readLogs(1, {loss: scalar, acc: ofOne});
  t.deepEqual(
    rows.map(({value}) => value),
    [0.25, 2],
  );
  t.false(scalar.isDisposed || ofOne.isDisposed);
  tf.dispose([scalar, ofOne]);
  t.is(tf.memory().numTensors, before);
});

test('what trainOnBatch gives for several metrics is refused with what to do', async t => {
  await t.throwsAsync(refused({loss: [0.5, 0.9]}), {
    instanceOf: TypeError,
    message:
      'logs.loss must be a number or a tensor of one value, got an array of 2; trainOnBatch gives [loss, ...metrics], each of which needs its own name.',
  });
});

test('a tensor of several values, a text and nothing are refused', async t => {
  const several = tf.tidy(() => tf.ones([2, 3]));
  await t.throwsAsync(refused({loss: several}), {message: /got a tensor of shape \[2, 3\]\.$/});
  several.dispose();
  await t.throwsAsync(refused({loss: 'low'}), {message: /got low\.$/});
  await t.throwsAsync(refused({loss: undefined}), {message: /got undefined\.$/});
});

test('logs that are no object are refused, null among them', async t => {
  for (const logs of [0.5, 'loss', undefined, null])
    await t.throwsAsync(refused(logs), {
      instanceOf: TypeError,
      message: /^logs must be numbers by name, {loss: 0\.5}, got /,
    });
});
