import {mkdir, readdir, rename} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, verifyRun} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const {xs, ys} = tinyTensors(tf, 24);
const fresh = (dir: string, more: Partial<CnnSlicerOptions> = {}) =>
  cnnSlicer(tf, dir, {probe: tinyImages(12), background: false, tensorboard: false, ...more});

const fit = (slicer: CnnSlicer, more: Partial<tf.ModelFitArgs> = {}, model = tinyCnn(tf)) =>
  model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer, ...more});

async function trained(t: ExecutionContext) {
  const dir = join(await temporaryFolder(t), 'run');
  await fit(fresh(dir));
  return dir;
}

const epochsOf = async (dir: string) => (await openRun(dir)).epochs();

test.serial('another slicer leaves a finished run alone, says so, and tells where its own is', async t => {
  const dir = await trained(t);
  const slicer = fresh(dir);
  t.is(slicer.dir, dir);
  const said = await warnings(t, () => fit(slicer, {epochs: 1}));
  t.is(said.length, 1);
  t.regex(said[0]!, /^cnnslicer: \S+run holds a run already, .+ This run goes to run-2 beside it\.$/);
  t.is(slicer.dir, `${dir}-2`);
  t.deepEqual(
    [await epochsOf(dir), await epochsOf(`${dir}-2`)],
    [
      [0, 1, 2],
      [0, 1],
    ],
  );
  t.is((await openRun(`${dir}-2`)).info.name, 'run-2');
});

test.serial('the same slicer on another model begins another run', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  const said = await warnings(t, async () => {
    for (let i = 0; i < 3; i++) await fit(slicer);
    await fit(slicer, {initialEpoch: 2, epochs: 3}); // new weights, the same run
  });
  t.is(said.length, 2, said.join('\n'));
  t.deepEqual(await epochsOf(dir), [0, 1, 2]);
  t.deepEqual(
    [await epochsOf(`${dir}-2`), await epochsOf(`${dir}-3`)],
    [
      [0, 1, 2],
      [0, 1, 2, 3],
    ],
  );
});

test.serial('overwrite replaces the run, and resume goes on from its last epoch', async t => {
  const dir = await trained(t);
  let said = await warnings(t, () => fit(fresh(dir, {existing: 'resume'})));
  t.deepEqual(said, []);
  t.deepEqual(await epochsOf(dir), [0, 1, 2, 3, 4]);
  const {info} = await openRun(dir);
  t.deepEqual([info.training.epochs, info.training.initialEpoch, info.status], [4, 0, 'finished']);
  said = await warnings(t, () => fit(fresh(dir, {existing: 'overwrite'})));
  t.deepEqual(said, [`cnnslicer: ${dir}: epochs 0..4 of an earlier run are replaced.`]);
  t.deepEqual(await epochsOf(dir), [0, 1, 2]);
});

test.serial('two slicers on one folder at once: a run each', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const said = await warnings(t, () => Promise.all([fit(fresh(dir)), fit(fresh(dir))]));
  t.is(said.length, 1);
  t.regex(said[0]!, /run is being written by another slicer of this process\. This run goes to run-2 beside/);
  for (const folder of [dir, `${dir}-2`]) {
    t.deepEqual(await epochsOf(folder), [0, 1, 2]);
    t.true((await verifyRun(folder)).ok);
  }
});

test.serial('going on with a run that is being written fails in one line, and training goes on', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  slicer.setModel(tinyCnn(tf));
  await slicer.capture(0);
  const said = await warnings(t, async () => {
    const {epoch} = await fit(fresh(dir), {initialEpoch: 1, epochs: 3});
    t.is(epoch.length, 2);
  });
  t.deepEqual(said, [
    `cnnslicer: could not begin: ${dir} is being written by another slicer of this process. Training goes on without capture.`,
  ]);
  await slicer.capture(1);
  await slicer.close();
  t.deepEqual(await epochsOf(dir), [0, 1]);
});

test.serial('one slicer in two fits at once is refused in one line, and both trainings go on', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  const said = await warnings(t, async () => {
    const histories = await Promise.all([fit(slicer, {epochs: 3}), fit(slicer, {epochs: 3})]);
    for (const {epoch} of histories) t.is(epoch.length, 3);
    await slicer.finished;
  });
  t.is(said.length, 1, said.join('\n'));
  t.regex(
    said[0]!,
    /could not begin: another fit with this callback is under way; give each fit a cnnSlicer/,
  );
  const again = await warnings(t, () => fit(slicer, {epochs: 1}));
  t.deepEqual(again, [], 'what was begun held no epoch');
  t.deepEqual(await epochsOf(slicer.dir), [0, 1]);
});

test.serial('a run that a fit was thrown out of goes on with the next fit of that model', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  const model = tinyCnn(tf);
  const thrower = new tf.CustomCallback({
    onEpochEnd: epoch => {
      if (epoch === 1) throw new Error('broken off');
    },
  });
  const callbacks = [slicer, thrower] as unknown as tf.CustomCallback[];
  await t.throwsAsync(fit(slicer, {epochs: 5, callbacks}, model), {message: 'broken off'});
  const said = await warnings(t, () => fit(slicer, {epochs: 1}, model));
  t.deepEqual(said, []);
  t.deepEqual(await epochsOf(dir), [0, 1, 2, 3]);
  t.deepEqual((await openRun(dir)).info.training.epochs, 3);
});

for (const [what, lose] of [
  ['moved away', (dir: string) => rename(dir, `${dir}-moved`)],
  ['replaced by an empty one', async (dir: string) => (await rename(dir, `${dir}-moved`), mkdir(dir))],
] as const) {
  test.serial(`a folder that is ${what} during training is told in one line at the next epoch`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const slicer = fresh(dir, {tensorboard: true});
    const meddle = new tf.CustomCallback({
      onEpochEnd: async epoch => void (epoch === 1 && (await lose(dir))),
    });
    const said = await warnings(t, async () => {
      await fit(slicer, {epochs: 4, callbacks: [slicer, meddle]});
      await slicer.finished;
    });
    t.is(said.length, 1, said.join('\n'));
    t.regex(said[0]!, /^cnnslicer: could not record epoch 3: \S+run is (gone|no longer the folder)/);
    t.deepEqual(await readdir(dir).catch(() => []), []);
    t.true((await verifyRun(`${dir}-moved`)).ok);
    t.deepEqual(await epochsOf(`${dir}-moved`), [0, 1, 2]);
  });
}
