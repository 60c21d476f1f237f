import {spawn} from 'node:child_process';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openRun, verifyRun} from 'cnnslicer/store';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Trains three epochs in a separate process; `end` is what its script does after the second, or at the end. */
const script = (end: string, {when, options}: {when: 'during' | 'after'; options: string}) => `
  import * as tf from '@tensorflow/tfjs';
  import {cnnSlicer} from 'cnnslicer';
  const model = tf.sequential({layers: [
    tf.layers.conv2d({inputShape: [16, 16, 1], filters: 16, kernelSize: 3, padding: 'same'}),
    tf.layers.flatten(), tf.layers.dense({units: 2, activation: 'softmax'})]});
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  const xs = tf.randomUniform([64, 16, 16, 1]);
  const ys = tf.oneHot(tf.range(0, 64, 1, 'int32').mod(tf.scalar(2, 'int32')), 2).toFloat();
  const slicer = cnnSlicer(tf, process.argv[1], {probe: {xs, labels: ys}, ...${options}});
  const end = () => { ${end} };
  const bomb = new tf.CustomCallback({onEpochEnd: epoch => { if (epoch === 1 && '${when}' === 'during') end(); }});
  await model.fit(xs.slice(0, 2), ys.slice(0, 2), {epochs: 3, verbose: 0, callbacks: [slicer, bomb]});
  end();
  await new Promise(resolve => setTimeout(resolve, 20000));
`;

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

function run(text: string, dir: string): Promise<Ended> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', text, dir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({code, signal, stderr}));
  });
}

const linesOf = ({stderr}: Ended) => stderr.split('\n').filter(line => line.startsWith('cnnslicer: '));

/** Ways in which a script may end, and what its parent process sees. */
const ends: Record<string, {end: string; reported: Pick<Ended, 'code' | 'signal'>}> = {
  'process.exit(0)': {end: 'process.exit(0);', reported: {code: 0, signal: null}},
  'an uncaught error': {
    end: "setImmediate(() => { throw new Error('uncaught'); }); const until = performance.now() + 1; while (performance.now() < until);",
    reported: {code: 1, signal: null},
  },
  'an unhandled rejection': {
    end: "Promise.reject(new Error('unhandled'));",
    reported: {code: 1, signal: null},
  },
  SIGTERM: {end: "process.kill(process.pid, 'SIGTERM');", reported: {code: null, signal: 'SIGTERM'}},
  SIGINT: {end: "process.kill(process.pid, 'SIGINT');", reported: {code: null, signal: 'SIGINT'}},
  SIGHUP: {end: "process.kill(process.pid, 'SIGHUP');", reported: {code: null, signal: 'SIGHUP'}},
};

async function assertWhole(t: ExecutionContext, dir: string, epochs: number[]): Promise<void> {
  const {ok, problems} = await verifyRun(dir);
  t.true(ok, JSON.stringify(problems));
  t.deepEqual(await (await openRun(dir)).epochs(), epochs);
}

for (const [name, {end, reported}] of Object.entries(ends)) {
  test.serial(
    `${name} during fit: every captured epoch is on disk, and the process ends as it would`,
    async t => {
      const dir = join(await temporaryFolder(t), 'run');
      const ended = await run(script(end, {when: 'during', options: '{}'}), dir);
      t.like(ended, reported, ended.stderr);
      t.deepEqual(linesOf(ended), []);
      await assertWhole(t, dir, [0, 1, 2]);
    },
  );

  test.serial(`${name} right after fit: the run is finished`, async t => {
    for (const options of name === 'process.exit(0)' ? ['{}', '{background: false}'] : ['{}']) {
      const dir = join(await temporaryFolder(t), 'run');
      const ended = await run(script(end, {when: 'after', options}), dir);
      t.like(ended, reported, ended.stderr);
      t.deepEqual(linesOf(ended), []);
      await assertWhole(t, dir, [0, 1, 2, 3]);
      t.is((await openRun(dir)).info.status, 'finished');
    }
  });
}

test.serial("a script's own handler of a signal decides, and what it ends is waited for", async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const end = "process.once('SIGTERM', () => process.exit(7)); process.kill(process.pid, 'SIGTERM');";
  const ended = await run(script(end, {when: 'during', options: '{}'}), dir);
  t.like(ended, {code: 7, signal: null}, ended.stderr);
  await assertWhole(t, dir, [0, 1, 2]);
});

test.serial('what the training thread itself is writing cannot be waited for, and is named', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  // The timer's turn comes while the callback, which is later in the list, is at epoch 2.
  const end = 'setTimeout(() => process.exit(0), 0);';
  const ended = await run(
    script(end, {when: 'during', options: '{background: false}'}).replace('[slicer, bomb]', '[bomb, slicer]'),
    dir,
  );
  t.is(ended.code, 0, ended.stderr);
  t.deepEqual(linesOf(ended), [
    `cnnslicer: ${dir}: the process ends before epoch 2 is on disk; await fit, or slicer.finished, before it ends.`,
  ]);
  await assertWhole(t, dir, [0, 1]);
});
