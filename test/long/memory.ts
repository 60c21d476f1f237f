import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {quantile} from '#src/metrics/quantile.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Trains in a separate process and prints resident bytes after each epoch, and the bytes one capture moves. */
const script = `
  import * as tf from '@tensorflow/tfjs';
  import {cnnSlicer} from 'cnnslicer';
  const dir = process.argv[1];
  const model = tf.sequential({layers: [
    tf.layers.conv2d({inputShape: [16, 16, 1], filters: 32, kernelSize: 3, padding: 'same'}),
    tf.layers.flatten(), tf.layers.dense({units: 2, activation: 'softmax'})]});
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  const xs = tf.randomUniform([64, 16, 16, 1]);
  const ys = tf.oneHot(tf.range(0, 64, 1, 'int32').mod(tf.scalar(2, 'int32')), 2).toFloat();
  const slicer = cnnSlicer(tf, dir, {probe: {xs, labels: ys}, strict: true, k: 3});
  const resident = [];
  const clock = new tf.CustomCallback({onEpochEnd: () => { globalThis.gc(); resident.push(process.memoryUsage().rss); }});
  await model.fit(xs.slice(0, 2), ys.slice(0, 2), {epochs: 60, verbose: 0, callbacks: [slicer, clock]});
  await slicer.finished;
  console.log(JSON.stringify({resident, captureBytes: 64 * 16 * 16 * 32 * 4}));
`;

test('resident memory does not grow with the epochs', async t => {
  const {stdout} = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--max-semi-space-size=1', // MiB: the threads' heaps soon have the size they keep
    '--input-type=module',
    '-e',
    script,
    await temporaryFolder(t),
  ]);
  const {resident, captureBytes} = JSON.parse(stdout.slice(stdout.indexOf('{"resident"'))) as {
    resident: number[];
    captureBytes: number;
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const blocks = Array.from({length: resident.length / 10}, (_, i) =>
    mean(resident.slice(10 * i, 10 * i + 10)),
  );
  const growths = blocks.slice(1).map((bytes, i) => (bytes - (blocks[i] as number)) / 10);
  // A leak shows in every block; pools and compilers, which settle at first and take a step once or twice, do not.
  const grown = quantile(Float64Array.from(growths).sort(), 0.25);
  t.true(
    grown < captureBytes / 10,
    `${Math.round(grown / 1024)} KiB an epoch, one capture has ${captureBytes / 1024} KiB`,
  );
});
