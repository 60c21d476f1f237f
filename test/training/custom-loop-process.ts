import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import test from 'ava';
import {openRun, verifyRun} from 'cnnslicer/store';
import {isLive} from '#src/server/is-live.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const script = `
  import * as tf from '@tensorflow/tfjs';
  import {cnnSlicer} from 'cnnslicer';
  const model = tf.sequential({layers: [
    tf.layers.conv2d({inputShape: [8, 8, 1], filters: 2, kernelSize: 3}),
    tf.layers.flatten(), tf.layers.dense({units: 1})]});
  const xs = tf.randomUniform([8, 8, 8, 1]);
  const slicer = cnnSlicer(tf, process.argv[1], {probe: {xs}});
  slicer.setModel(model);
  const last = Number(process.argv[2]);
  for (let epoch = 0; epoch <= last; epoch++) {
    await slicer.capture(epoch, {loss: 1 / (epoch + 1)});
    console.log('epoch ' + epoch);
  }
`;

function loopInAProcess(dir: string, last: number) {
  const args = ['--input-type=module', '-e', script, dir, String(last)];
  return spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'ignore']});
}

test.serial(
  'Ctrl-C during a training leaves a run with complete epochs that is no longer trained',
  async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const child = loopInAProcess(dir, 1e6);
    const ended = once(child, 'exit');
    for await (const line of createInterface(child.stdout)) {
      if (line === 'epoch 6') child.kill('SIGINT');
    }
    t.deepEqual(await ended, [null, 'SIGINT']);
    const run = await openRun(dir);
    const epochs = await run.epochs();
    t.true(epochs.length >= 5); // two may have waited for the recorder
    t.deepEqual(
      epochs,
      epochs.map((_, i) => i),
    );
    t.deepEqual(
      (await verifyRun(dir)).problems.filter(({kind}) => kind !== 'leftover'),
      [],
    );
    t.is(run.info.status, 'training');
    t.false(await isLive(run));
  },
);

test.serial('a script that never calls close ends by itself, with every epoch on disk', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const child = loopInAProcess(dir, 4);
  child.stdout.resume();
  t.deepEqual(await once(child, 'exit'), [0, null]);
  t.deepEqual(await (await openRun(dir)).epochs(), [0, 1, 2, 3, 4]);
});
