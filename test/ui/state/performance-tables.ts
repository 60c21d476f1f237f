import {join} from 'node:path';
import test from 'ava';
import {moveEpoch} from '#ui/state/clock.js';
import {
  cellSamples,
  classEntropy,
  confusion,
  layerValues,
  logs,
  primaryLogs,
} from '#ui/state/performance-tables.js';
import {currentEpoch, epochs} from '#ui/state/runs.js';
import {view} from '#ui/state/view-state.js';
import {runInfo} from '../../support/run-folder.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {tableRows, writeRun} from '../../support/written-run.js';

const written = (epoch: number) => tableRows(runInfo(), epoch);

test.serial(
  'tables of all selected runs are loaded, the confusion matrix of the first at the clock',
  async t => {
    const logdir = await temporaryFolder(t);
    for (const id of ['a', 'b']) await writeRun(join(logdir, id), {epochs: [0, 1, 2]});
    await startedState(t, {logdir, hash: 'run=b&run=a&epoch=1'});
    const loaded = await until(() => logs.value.value);
    t.deepEqual(loaded.map(({run}) => run), ['b', 'a']); // prettier-ignore
    t.is(loaded[0]?.table.rows, written(1).logs.length + written(2).logs.length);
    const {run, epoch, matrix} = await until(() => confusion.value.value);
    t.deepEqual({run, epoch}, {run: 'b', epoch: 1});
    t.deepEqual(
      [...matrix.counts],
      written(1).confusion.map(({count}) => count),
    );
    const entropies = await until(() => layerValues.value.value);
    t.deepEqual(entropies.runs[1]?.layers.map(({name}) => name), ['input_1', 'conv2d_1', 'dense_1']); // prettier-ignore
    t.is((await until(() => classEntropy.value.value)).length, 2);
  },
);

test.serial('what is not on the page is not asked for, but for the logs of the epoch bar', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'quiet'));
  const {asked} = await startedState(t, {logdir, hash: 'tab=channels'});
  await until(() => primaryLogs.value.value);
  t.is(confusion.value.value, null);
  t.deepEqual(asked('tables/confusion'), []);
  view.tab.value = 'performance';
  await until(() => confusion.value.value);
});

test.serial('the epochs beside the one on the clock are loaded before they are needed', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'ahead'), {epochs: [0, 1, 2, 3, 4, 5]});
  const {asked, answered} = await startedState(t, {logdir, hash: 'epoch=3'});
  const confusions = () => asked('tables/confusion').map(path => path.split('epoch=')[1]);
  await until(() => confusion.value.value && epochs.value.length === 6);
  while (confusions().length < 5) await new Promise(resolve => setTimeout(resolve, 5));
  t.deepEqual(confusions(), ['3', '4', '2', '5', '1']);
  while (answered.filter(({path}) => path.includes('confusion')).length < 5) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  moveEpoch(-1);
  t.is(currentEpoch.value, 2);
  t.is(confusion.value.value?.epoch, 2);
  t.false(confusion.slow.value);
});

test.serial(
  'a cell shows the samples that are in it, with their inputs, and none where it is empty',
  async t => {
    const logdir = await temporaryFolder(t);
    await writeRun(join(logdir, 'cells'), {epochs: [0]});
    await startedState(t, {logdir});
    const {predictions} = written(0);
    const {label, predicted} = predictions[0]!;
    view.cell.value = {label, predicted};
    const shown = await until(() => cellSamples.value.value);
    const expected = predictions.filter(row => row.label === label && row.predicted === predicted);
    t.deepEqual(shown.rows.map(({sample}) => sample).sort((a, b) => a - b), expected.map(({sample}) => sample)); // prettier-ignore
    t.deepEqual(shown.inputs.map(({sample}) => sample), shown.rows.map(({sample}) => sample)); // prettier-ignore
    t.true(shown.inputs.every(({input}) => input.length === 4 * 3 * 2));
    const taken = new Set(predictions.map(row => `${row.label} ${row.predicted}`));
    const empty = [0, 1, 2].flatMap(a => [0, 1, 2].map(b => ({label: a, predicted: b})));
    view.cell.value = empty.find(cell => !taken.has(`${cell.label} ${cell.predicted}`)) ?? null;
    await until(() => cellSamples.value.value?.rows.length === 0);
    t.deepEqual(cellSamples.value.value?.inputs, []);
  },
);
