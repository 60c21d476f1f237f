import {spawn} from 'node:child_process';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openRun, verifyRun} from 'cnnslicer/store';
import {temporaryFolder} from './temporary-folder.js';

/** Trains three epochs in a separate process; `end` is what its script does after the second, or at the end. */
export const script = (end: string, {when, options}: {when: 'during' | 'after'; options: string}) => `
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

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** Runs it, and returns how its process ended. */
export function run(text: string, dir: string): Promise<Ended> {
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

/** What the callback said on standard error. */
export const linesOf = ({stderr}: Ended) => stderr.split('\n').filter(line => line.startsWith('cnnslicer: '));

/** Asserts that exactly these epochs are on disk, and nothing is damaged. */
export async function assertWhole(t: ExecutionContext, dir: string, epochs: number[]): Promise<void> {
  const {ok, problems} = await verifyRun(dir);
  t.true(ok, JSON.stringify(problems));
  t.deepEqual(await (await openRun(dir)).epochs(), epochs);
}

/** How a script ends: the code, and what its parent process sees. */
export interface Ending {
  end: string;
  reported: Pick<Ended, 'code' | 'signal'>;
}

/** Declares the tests of a training that ends so, during `fit` and right after it. */
export function testEnding(name: string, {end, reported}: Ending): void {
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
