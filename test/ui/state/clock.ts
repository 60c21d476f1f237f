import {join} from 'node:path';
import test from 'ava';
import {moveEpoch, playing, showEpoch, togglePlay} from '#ui/state/clock.js';
import {currentEpoch, epochs, primaryRun} from '#ui/state/runs.js';
import {view} from '#ui/state/view-state.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {writeRun} from '../../support/written-run.js';

test.serial('the clock goes to captured epochs alone, and stops at both ends', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'steps'), {epochs: [0, 3, 4, 9]});
  await startedState(t, {logdir});
  await until(() => primaryRun.value?.id === 'steps');
  showEpoch(5);
  t.is(currentEpoch.value, 4);
  moveEpoch(-1);
  t.is(currentEpoch.value, 3);
  moveEpoch(-7);
  t.is(currentEpoch.value, 0);
  moveEpoch(2);
  t.is(currentEpoch.value, 4);
});

test.serial('at the last epoch the page follows the training, as its address does', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'follows'), {epochs: [0, 1]});
  await startedState(t, {logdir, hash: 'epoch=0'});
  await until(() => primaryRun.value?.id === 'follows');
  t.is(view.epoch.value, 0);
  moveEpoch(1);
  t.is(view.epoch.value, null);
  t.is(currentEpoch.value, 1);
});

test.serial('play starts over at the last epoch, and stops there', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'plays'), {epochs: [2, 4, 6]});
  await startedState(t, {logdir});
  await until(() => primaryRun.value?.id === 'plays');
  togglePlay();
  t.is(currentEpoch.value, 2);
  t.true(playing.value);
  await until(() => !playing.value);
  t.is(currentEpoch.value, 6);
});

test.serial('a clock that is stopped stays, and one epoch alone cannot be played', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'single'), {epochs: [3]});
  await startedState(t, {logdir});
  await until(() => primaryRun.value?.id === 'single' && epochs.value.length === 1);
  togglePlay();
  t.false(playing.value);
  t.is(currentEpoch.value, 3);
});
