import {join} from 'node:path';
import test from 'ava';
import {
  channelClasses,
  channelEntropy,
  channelPacking,
  channelPictures,
  channelSamples,
  consistency,
  maxSamples,
  samplesAtOnce,
} from '#ui/state/channel-tables.js';
import {view} from '#ui/state/view-state.js';
import {layerMaps, tableRows, writeRun} from '../../support/written-run.js';
import {CONV, runInfo} from '../../support/run-folder.js';
import {startedState, until} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

async function started(t: Parameters<typeof temporaryFolder>[0], id: string, hash = '') {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, id), {epochs: [0, 1]});
  return startedState(t, {logdir, hash: `tab=channels&${hash}`});
}

test.serial(
  'the entropies of the shown layer are loaded, and those of another when it is chosen',
  async t => {
    await started(t, 'entropies');
    const loaded = await until(() => channelEntropy.value.value);
    t.is(loaded.layer, 'conv2d_1');
    t.is(channelClasses.value?.classes.length, 4);
    t.is(channelPacking.value?.slots.length, 7);
    view.layer.value = 'dense_1';
    const other = await until(() => channelEntropy.value.value?.layer === 'dense_1' && channelClasses.value);
    t.is(channelPacking.value?.slots.length, 10);
    t.is(other.classes.length, 4);
  },
);

test.serial('a view that is left keeps nothing', async t => {
  await started(t, 'left');
  await until(() => channelEntropy.value.value);
  view.tab.value = 'performance';
  t.is(channelEntropy.value.value, null);
  t.is(channelClasses.value, null);
  t.is(channelPacking.value, null);
});

test.serial('the means of every layer are kept apart by class at the epoch of the clock', async t => {
  await started(t, 'classes', 'epoch=1');
  const {epoch, layers, bins} = await until(() => consistency.value.value);
  t.is(epoch, 1);
  t.is(bins, 32);
  t.deepEqual(layers.map(({layer}) => layer), ['conv2d_1', 'dense_1']); // prettier-ignore
});

test.serial(
  'an opened channel shows samples with their inputs and predictions; of a class if one is chosen',
  async t => {
    await started(t, 'samples', 'channel=2&epoch=0');
    const all = await until(() => channelSamples.value.value);
    t.is(all.shown.length, Math.min(samplesAtOnce, 6));
    t.deepEqual(all.predictions.length, tableRows(runInfo(), 0).predictions.length);
    view.samplesOf.value = 2;
    const ofClass = await until(
      () => channelSamples.value.value?.shown.length === 2 && channelSamples.value.value,
    );
    t.deepEqual(
      [...ofClass.shown].sort((a, b) => a - b),
      [2, 5],
    );
    t.deepEqual(ofClass.inputs.map(({sample}) => sample), [...ofClass.shown]); // prettier-ignore
    maxSamples.value = 1;
    t.teardown(() => (maxSamples.value = samplesAtOnce));
    await until(() => channelSamples.value.value?.shown.length === 1);
  },
);

test.serial('where the server cannot project, the stored maps are shown with the reason', async t => {
  await started(t, 'maps', 'channel=2&epoch=1');
  const pictures = await until(() => channelPictures.value.value);
  t.is(pictures.projections, null);
  t.regex(pictures.problem ?? '', /project/);
  t.deepEqual(pictures.maps.shape, [3, 5]);
  const stored = layerMaps(runInfo(), CONV, 1);
  const expected = stored.subarray(0, 15 * 7).filter((_, i) => i % 7 === 2);
  t.deepEqual(pictures.maps.maps.get(0), expected);
});
