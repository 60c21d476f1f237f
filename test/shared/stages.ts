import test from 'ava';
import {newFailureLines, reasonOf, Stages, type StageFailure} from '#src/shared/recording/stages.js';

const failure = (changes: Partial<StageFailure> = {}): StageFailure => ({
  stage: 'activations',
  of: 'conv2d_1',
  what: 'the activations of conv2d_1 could not be stored',
  reason: 'The disk is full.',
  ...changes,
});

test('a stage that throws is noted with its reason, and the next one runs', async t => {
  const stages = new Stages();
  const first = await stages.run({stage: 'weights', of: null, what: 'the weights could not be read'}, () => {
    throw new Error('no\n  such tensor');
  });
  const second = await stages.run(
    {stage: 'table', of: 'logs', what: 'the logs could not be stored'},
    () => 7,
  );
  t.deepEqual([first, second], [undefined, 7]);
  t.deepEqual(stages.failures, [
    {stage: 'weights', of: null, what: 'the weights could not be read', reason: 'no such tensor.'},
  ]);
});

test('a stage that rejects is noted like one that throws', async t => {
  const stages = new Stages([failure()]);
  await stages.run({stage: 'measures', of: 'dense_1', what: 'H failed'}, () =>
    Promise.reject(new Error('NaN!')),
  );
  t.deepEqual(
    stages.failures.map(({stage, reason}) => [stage, reason]),
    [
      ['activations', 'The disk is full.'],
      ['measures', 'NaN!'],
    ],
  );
});

test('the failures of an earlier part stay as they were', async t => {
  const earlier = [failure()];
  const stages = new Stages(earlier);
  await stages.run({stage: 'table', of: 'logs', what: 'x'}, () => Promise.reject(new Error('y')));
  t.is(earlier.length, 1);
});

test('a reason is one sentence, whatever was thrown', t => {
  t.is(reasonOf(new Error('ENOSPC: no space left')), 'ENOSPC: no space left.');
  t.is(reasonOf(new Error('What now?')), 'What now?');
  t.is(reasonOf('a text\n\n  of lines '), 'a text of lines.');
  t.is(reasonOf(undefined), 'undefined.');
});

test('failures of one stage are one line, the others counted, with the option that leaves the stage out', t => {
  const lines = newFailureLines([failure(), failure({of: 'conv2d_2'}), failure({of: 'dense_1'})], new Set());
  t.deepEqual(lines, [
    "the activations of conv2d_1 could not be stored: The disk is full. The same goes for 2 more. All else is kept; activations: 'none' stores none.",
  ]);
});

test('each stage that fails has a line; one that cannot be left out names no option', t => {
  const table = failure({stage: 'table', of: 'logs', what: 'the table logs could not be stored'});
  t.deepEqual(newFailureLines([table, failure()], new Set()), [
    'the table logs could not be stored: The disk is full. All else is kept.',
    "the activations of conv2d_1 could not be stored: The disk is full. All else is kept; activations: 'none' stores none.",
  ]);
});

test('what has been reported is not reported again, in the next epoch either', t => {
  const reported = new Set<string>();
  t.is(newFailureLines([failure()], reported).length, 1);
  t.deepEqual(newFailureLines([failure()], reported), []);
  t.is(newFailureLines([failure(), failure({of: 'other'})], reported).length, 1);
});
