import {join} from 'node:path';
import test from 'ava';
import {currentLayer, layerPair} from '#ui/state/chosen-layers.js';
import {detail, layers} from '#ui/state/run-detail.js';
import {makePrimary} from '#ui/state/runs.js';
import {view} from '#ui/state/view-state.js';
import type {LayerInfo} from '#src/shared/index.js';
import {CONV, DENSE, INPUT} from '../../support/run-folder.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {writeRun} from '../../support/written-run.js';

/** A run whose layers, after the input, are these; loaded. */
async function loaded(
  t: Parameters<typeof temporaryFolder>[0],
  runs: Record<string, LayerInfo[]>,
  hash = '',
) {
  const logdir = await temporaryFolder(t);
  for (const [id, own] of Object.entries(runs)) {
    const all = [INPUT, ...own].map((layer, index) => ({...layer, index}));
    await writeRun(join(logdir, id), {epochs: [0], info: {layers: all}});
  }
  await startedState(t, {logdir, hash});
  await until(() => detail.value.value);
}
const pairNames = () => layerPair.value?.map(({name}) => name);
const second = {...CONV, name: 'conv2d_2'};

test.serial('the first layer with maps is shown, and the first two are the pair', async t => {
  await loaded(t, {run: [DENSE, CONV, second]});
  t.deepEqual(
    layers.value.map(({name}) => name),
    ['dense_1', 'conv2d_1', 'conv2d_2'],
  );
  t.is(currentLayer.value?.name, 'conv2d_1');
  t.deepEqual(pairNames(), ['conv2d_1', 'conv2d_2']);
});

test.serial('a model without maps shows its first layers', async t => {
  await loaded(t, {run: [DENSE, {...DENSE, name: 'dense_2'}]});
  t.is(currentLayer.value?.name, 'dense_1');
  t.deepEqual(pairNames(), ['dense_1', 'dense_2']);
});

test.serial('a model of one layer pairs it with its input', async t => {
  await loaded(t, {run: [DENSE]});
  t.deepEqual(pairNames(), ['input_1', 'dense_1']);
});

test.serial('layers that are chosen are shown, the input in pairs alone; unknown ones are not', async t => {
  await loaded(t, {run: [CONV, second, DENSE]}, 'layer=dense_1&from=input_1&to=dense_1');
  t.is(currentLayer.value?.name, 'dense_1');
  t.deepEqual(pairNames(), ['input_1', 'dense_1']);
  view.layer.value = 'gone';
  view.to.value = 'gone';
  t.is(currentLayer.value?.name, 'conv2d_1');
  t.deepEqual(pairNames(), ['input_1', 'conv2d_2']);
});

test.serial('another run keeps the choice, by the alias of a layer where names differ', async t => {
  const renamed = [
    {...CONV, name: 'conv2d_7'},
    {...second, name: 'conv2d_8'},
    {...DENSE, name: 'dense_4'},
  ];
  await loaded(t, {one: [CONV, second, DENSE], two: renamed}, 'run=one&layer=conv2d_2&from=conv2d_1');
  makePrimary('two');
  await until(() => detail.value.value?.summary.id === 'two');
  t.is(view.layer.value, 'conv2d_8');
  t.is(view.from.value, 'conv2d_7');
  t.is(currentLayer.value?.name, 'conv2d_8');
  t.is(view.to.value, null);
});
