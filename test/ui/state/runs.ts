import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {
  connected,
  currentEpoch,
  epochRevisionOf,
  epochs,
  makePrimary,
  primaryRun,
  revisionOf,
  runs,
  selectedRuns,
  showOnly,
  toggleRun,
} from '#ui/state/runs.js';
import {view} from '#ui/state/view-state.js';
import {runInfo} from '../../support/run-folder.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../../support/written-run.js';

const created = (day: number) => ({createdAt: `2026-01-0${day}T00:00:00.000Z`});
const shownIds = () => selectedRuns.value.map(run => run.id);

test.serial('the newest run that can be opened is shown, and those that cannot are listed', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'old'), {info: created(1)});
  await writeRun(join(logdir, 'new'), {info: created(2), epochs: [0, 2, 5]});
  await writeRun(join(logdir, 'empty'), {info: created(3), epochs: []});
  await mkdir(join(logdir, 'broken'));
  await writeFile(join(logdir, 'broken', 'run.json'), '{');
  await startedState(t, {logdir});
  await until(() => runs.value?.length === 4);
  t.is(primaryRun.value?.id, 'new');
  t.deepEqual(epochs.value, [0, 2, 5]);
  t.is(currentEpoch.value, 5);
  view.epoch.value = 3;
  t.is(currentEpoch.value, 2);
});

test.serial('runs join the comparison and leave it, but for the last one', async t => {
  const logdir = await temporaryFolder(t);
  for (const [i, id] of ['a', 'b', 'c'].entries()) await writeRun(join(logdir, id), {info: created(i + 1)});
  await startedState(t, {logdir, hash: 'run=a&run=gone&run=c'});
  await until(() => runs.value?.length === 3);
  t.deepEqual(shownIds(), ['a', 'c']);
  toggleRun('b');
  t.deepEqual(shownIds(), ['a', 'c', 'b']);
  makePrimary('c');
  t.deepEqual(shownIds(), ['c', 'a', 'b']);
  toggleRun('a');
  toggleRun('b');
  toggleRun('c');
  t.deepEqual(shownIds(), ['c']);
  showOnly('b');
  t.is(primaryRun.value?.id, 'b');
});

test.serial(
  'an epoch that is written appears, and one that is written again changes its revision',
  async t => {
    const logdir = await temporaryFolder(t);
    const writer = await writeRun(join(logdir, 'live'), {epochs: [0]});
    await startedState(t, {logdir});
    await until(() => primaryRun.value?.id === 'live' && connected.value);
    const run = () => primaryRun.value!;
    const [revision, ofEpoch] = [revisionOf(run()), epochRevisionOf(run(), 0)];
    await writeEpoch(writer, runInfo(), 1);
    await until(() => epochs.value.length === 2);
    t.is(currentEpoch.value, 1);
    t.not(revisionOf(run()), revision);
    t.is(epochRevisionOf(run(), 0), ofEpoch);
  },
);

test.serial('a run that begins later is listed, and what is shown stays', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'first'), {info: created(1)});
  await startedState(t, {logdir});
  await until(() => primaryRun.value?.id === 'first');
  await writeRun(join(logdir, 'second'), {info: created(2)});
  await until(() => runs.value?.some(run => run.id === 'second' && run.epochs.length === 3));
  t.is(runs.value?.[0]?.id, 'second');
  t.is(primaryRun.value?.id, 'first');
});
