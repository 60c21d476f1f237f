import {join} from 'node:path';
import test from 'ava';
import {openCube} from 'cnnslicer/analysis';
import {readCapacity} from '#src/shared/capacity-matrix.js';
import {
  capacity,
  capacityOverDepth,
  capacityOverTime,
  capacityProgress,
  pairSamples,
} from '#ui/state/capacity.js';
import {moveEpoch} from '#ui/state/clock.js';
import {view} from '#ui/state/view-state.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {writeRun} from '../../support/written-run.js';

const pair = 'tab=layers&from=conv2d_1&to=dense_1';

test.serial(
  'the matrix of the chosen pair is that of the analysis, at the clock and for the focused class',
  async t => {
    const logdir = await temporaryFolder(t);
    await writeRun(join(logdir, 'run'), {epochs: [0, 1]});
    await startedState(t, {logdir, hash: `${pair}&epoch=1`});
    const cube = await openCube(join(logdir, 'run'), {threads: 1});
    t.teardown(() => cube.close());
    const expected = async (expression: string) => readCapacity(await cube.query(expression));
    const shown = await until(() => capacity.value.value);
    t.is(shown.expression, 'C(dCNN(*, conv2d_1, *, 1), dCNN(*, dense_1, *, 1))');
    t.is(shown.beyondChance, null);
    t.deepEqual(shown.matrix, await expected(shown.expression));
    t.deepEqual([shown.matrix.rows, shown.matrix.columns], [7, 10]);
    t.is(capacityProgress.value, null);
    moveEpoch(-1);
    const before = await until(() => capacity.value.value?.epoch === 0 && capacity.value.value);
    t.deepEqual(before.matrix, await expected('C(dCNN(*, conv2d_1, *, 0), dCNN(*, dense_1, *, 0))'));
    view.focusClass.value = 2;
    const expression = 'C(dCNN(label=2, conv2d_1, *, 0), dCNN(label=2, dense_1, *, 0))';
    const ofClass = await until(
      () => capacity.value.value?.expression === expression && capacity.value.value,
    );
    t.deepEqual(ofClass.matrix, await expected(expression));
  },
);

test.serial('an epoch that was shown is shown again without another question', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'again'), {epochs: [0, 1]});
  const {asked} = await startedState(t, {logdir, hash: `${pair}&epoch=1`});
  const at = (epoch: number) => until(() => capacity.value.value?.epoch === epoch);
  await at(1);
  moveEpoch(-1);
  await at(0);
  await until(() => capacityOverTime.value.value?.length === 2);
  await until(() => capacityOverDepth.value.value);
  const before = asked('query').length;
  moveEpoch(1);
  await at(1);
  t.is(asked('query').length, before);
});

test.serial(
  'the pair over time has every epoch, and the first layer is shown against all later ones',
  async t => {
    const logdir = await temporaryFolder(t);
    await writeRun(join(logdir, 'strips'), {epochs: [0, 2, 5]});
    await startedState(t, {logdir, hash: 'tab=layers&from=input_1&to=conv2d_1'});
    const overTime = await until(() => capacityOverTime.value.value);
    t.deepEqual(overTime.map(({epoch}) => epoch), [0, 2, 5]); // prettier-ignore
    const overDepth = await until(() => capacityOverDepth.value.value);
    t.deepEqual(
      overDepth.map(({from, to, epoch}) => [from, to, epoch]),
      [
        ['input_1', 'conv2d_1', 5],
        ['input_1', 'dense_1', 5],
      ],
    );
  },
);

test.serial('compared with chance, every pair is marked beyond it or not', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'chance'), {epochs: [0]});
  await startedState(t, {logdir, hash: `${pair}&baseline=true`});
  const {matrix, beyondChance} = await until(() => capacity.value.value);
  t.true(matrix.permutations > 0);
  t.is(matrix.p?.length, 70);
  t.is(beyondChance?.length, 70);
});

test.serial(
  'an opened cell shows the maps of both channels for the samples of the focused class',
  async t => {
    const logdir = await temporaryFolder(t);
    await writeRun(join(logdir, 'cell'), {epochs: [0]});
    await startedState(t, {logdir, hash: `${pair}&pair=3,9&class=1`});
    const shown = await until(() => pairSamples.value.value);
    t.deepEqual(shown.cell, {from: 3, to: 9});
    t.deepEqual(
      [...shown.shown].sort((a, b) => a - b),
      [1, 4],
    );
    t.deepEqual(shown.inputs.map(({sample}) => sample), [...shown.shown]); // prettier-ignore
    t.deepEqual(
      [...shown.from.maps.keys()].sort((a, b) => a - b),
      [1, 4],
    );
    t.deepEqual(shown.from.shape, [3, 5]);
    t.deepEqual(shown.to.shape, [1]);
    view.pair.value = null;
    t.is(pairSamples.value.value, null);
  },
);
