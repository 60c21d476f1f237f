import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, verifyRun, type Run} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const {xs, ys} = tinyTensors(tf, 24);
const options = (more: Partial<CnnSlicerOptions> = {}): CnnSlicerOptions => ({
  probe: tinyImages(12),
  strict: true,
  ...more,
});

async function loggedEpochs(run: Run): Promise<number[]> {
  return (await run.table('logs')).filter(({name}) => name === 'loss').map(({epoch}) => epoch);
}

for (const everyEpochs of [1, 3]) {
  test.serial(`a loop of fits of one epoch is one run (captured every ${everyEpochs})`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const slicer = cnnSlicer(tf, dir, options({everyEpochs}));
    const model = tinyCnn(tf);
    const said = await warnings(t, async () => {
      for (let i = 0; i < 4; i++) await model.fit(xs, ys, {epochs: 1, verbose: 0, callbacks: slicer});
      await slicer.finished;
    });
    t.deepEqual(said, []);
    const run = await openRun(dir);
    t.deepEqual(await run.epochs(), [0, 1, 2, 3, 4]); // each fit ends with a capture
    t.deepEqual(await loggedEpochs(run), [1, 2, 3, 4]);
    t.is(run.info.status, 'finished');
    t.is(run.info.training.epochs, 4);
    t.true((await verifyRun(dir)).ok);
  });
}

test.serial('two phases, compiled again with frozen layers, are one run', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options());
  const model = tinyCnn(tf);
  const said = await warnings(t, async () => {
    await model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer});
    model.getLayer('conv').trainable = false;
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    await model.fit(xs, ys, {epochs: 3, batchSize: 6, verbose: 0, callbacks: slicer});
    await slicer.finished;
  });
  t.deepEqual(said, []);
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 1, 2, 3, 4, 5]);
  t.deepEqual(await loggedEpochs(run), [1, 2, 3, 4, 5]);
  t.deepEqual([run.info.training.epochs, run.info.training.batchSize], [5, 6]);
});

test.serial('an initialEpoch that the script counts itself is honoured, and nothing is said', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options());
  const model = tinyCnn(tf);
  const said = await warnings(t, async () => {
    for (let i = 0; i < 3; i++) {
      await model.fit(xs, ys, {initialEpoch: i, epochs: i + 1, verbose: 0, callbacks: slicer});
    }
    await slicer.finished;
  });
  t.deepEqual(said, []);
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 1, 2, 3]);
  t.deepEqual(await loggedEpochs(run), [1, 2, 3]);
  t.is(run.info.training.epochs, 3);
});
