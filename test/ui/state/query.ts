import {join} from 'node:path';
import test from 'ava';
import {
  answer,
  submitQuery,
  axes,
  chooseLayer,
  choosePair,
  clearQuery,
  cut,
  cutLayerNames,
  expression,
  reading,
  write,
} from '#ui/state/query.js';
import {place} from '#ui/state/link.js';
import {detail} from '#ui/state/run-detail.js';
import {view} from '#ui/state/view-state.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {writeRun} from '../../support/written-run.js';

async function started(t: Parameters<typeof temporaryFolder>[0], hash = '') {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2]});
  const state = await startedState(t, {logdir, hash});
  await until(() => detail.value.value);
  return state;
}

test.serial('the box follows the open view until something else is written', async t => {
  await started(t, 'tab=channels');
  t.is(expression.value, 'H(dCNN(*, conv2d_1, *, 2))');
  view.focusClass.value = 1;
  view.channel.value = 3;
  t.is(expression.value, 'H(dCNN(label=1, conv2d_1, 3, 2))');
  view.tab.value = 'layers';
  t.is(expression.value, 'C(dCNN(label=1, conv2d_1, *, 2), dCNN(label=1, dense_1, *, 2))');
  write('H(');
  t.is(expression.value, 'H(');
  t.is(reading.value.query, null);
  t.is(cut.value, null);
  view.tab.value = 'performance';
  t.is(expression.value, 'H(');
  clearQuery();
  t.is(expression.value, 'H(label | y=1)');
});

test.serial('text that is what the view shows anyway is no draft', async t => {
  await started(t, 'tab=channels');
  write(expression.value);
  t.is(view.draft.value, null);
});

test.serial('a submitted query is answered, shown in its view, and one step of the history', async t => {
  await started(t);
  write('H(dCNN(label=2, 2, {0,4}, 1))');
  t.deepEqual([...cutLayerNames.value], ['dense_1']);
  submitQuery();
  t.is(view.tab.value, 'channels');
  t.is(view.layer.value, 'dense_1');
  t.is(view.epoch.value, 1);
  t.is(place.value.at, 1);
  const {run, asked, result} = await until(() => answer.value.value);
  t.deepEqual({run, asked}, {run: 'run', asked: 'H(dCNN(label=2, 2, {0,4}, 1))'});
  t.is(result.rows, 2);
  submitQuery();
  t.is(place.value.at, 1);
  clearQuery();
  t.is(answer.value.value, null);
});

test.serial('text outside the notation is not submitted', async t => {
  const {asked} = await started(t);
  write('entropy please');
  submitQuery();
  t.is(view.query.value, null);
  t.deepEqual(asked('query'), []);
});

test.serial(
  'what the run does not have is refused with a reason, and submitting again tries again',
  async t => {
    const {asked} = await started(t);
    write('H(dCNN(*, 17, *, 0))');
    submitQuery();
    const {message} = await until(() => answer.error.value);
    t.regex(message, /no layer 17/);
    const before = asked('query').length;
    submitQuery();
    t.is(asked('query').length, before + 1);
  },
);

test.serial('a layer that is chosen becomes the current one, and the query one of it', async t => {
  await started(t, 'tab=channels');
  chooseLayer('dense_1');
  t.is(view.layer.value, 'dense_1');
  t.is(expression.value, 'H(dCNN(*, dense_1, *, 2))');
  chooseLayer('input_1');
  t.is(view.layer.value, 'dense_1');
  t.is(expression.value, 'H(dCNN(*, input_1, *, 2))');
  chooseLayer('not captured');
  t.is(expression.value, 'H(dCNN(*, input_1, *, 2))');
});

test.serial('two layers that are chosen become the pair, the lower one first', async t => {
  await started(t);
  choosePair('dense_1', 'input_1');
  t.deepEqual([view.tab.value, view.from.value, view.to.value], ['layers', 'input_1', 'dense_1']);
  t.is(reading.value.query && 'measure' in reading.value.query && reading.value.query.measure, 'C');
  t.is(axes.value.layers.length, 3);
});
