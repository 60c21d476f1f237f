import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

const SAMPLES = 180;
/** Of one sample, in a layer and in all of them. */
const LAYER_BYTES = 4 * 128 * 128 * 8;
const SAMPLE_BYTES = 3 * LAYER_BYTES;

/** Trains with the callback, or without but with the same probe in memory; prints the most memory that it took. */
const script = (options: string) => `
  import * as tf from '@tensorflow/tfjs';
  import '@tensorflow/tfjs-backend-wasm';
  import {cnnSlicer} from 'cnnslicer';
  import {enableWasmTraining} from 'cnnslicer/wasm';
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  const [, dir] = process.argv;
  const conv = more => tf.layers.conv2d({filters: 8, kernelSize: 1, ...more});
  const model = tf.sequential({layers: [conv({inputShape: [128, 128, 1]}), conv(), conv(),
    tf.layers.globalAveragePooling2d({dataFormat: 'channelsLast'}), tf.layers.dense({units: 2})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  const xs = tf.randomUniform([4, 128, 128, 1]);
  const ys = tf.zeros([4, 2]);
  const probe = () => ({
    xs: new Float32Array(${SAMPLES} * 128 * 128).map((_, i) => Math.abs(Math.sin(i * i))),
    labels: Int32Array.from({length: ${SAMPLES}}, (_, i) => i % 2),
  });
  const slicer = dir ? cnnSlicer(tf, dir, {probe: {...probe(), output: null}, ...${options}}) : null;
  const held = dir ? null : probe();
  await model.fit(xs, ys, {epochs: 1, batchSize: 2, verbose: 0, callbacks: slicer ?? []});
  await slicer?.finished;
  console.log(JSON.stringify({peak: process.resourceUsage().maxRSS * 1024, held: held?.labels.length}));
`;

/** Peak of a training's memory, and what it has warned of. */
async function trained(options: string, ...args: string[]): Promise<{peak: number; said: string}> {
  const child = ['--input-type=module', '-e', script(options), ...args];
  const {stdout, stderr} = await promisify(execFile)(process.execPath, child);
  return {...(JSON.parse(stdout.slice(stdout.indexOf('{"peak"'))) as {peak: number}), said: stderr};
}

test('a capture takes no more memory than is said before, however much of it is stored', async t => {
  t.timeout(600_000, 'two trainings and more in separate processes');
  const folder = await temporaryFolder(t);
  const without = await trained('{}');
  for (const [name, disk] of Object.entries({some: 12e6, most: 4e8})) {
    const options = `{budget: {memory: 64e6, disk: ${disk}}, tensorboard: ${name === 'most'}}`;
    const {peak, said: line} = await trained(options, join(folder, name));
    const [, megabytes] = /; up to (\S+) MB of memory/.exec(line) ?? [];
    const said = Number(megabytes) * 1e6;
    const above = peak - without.peak;
    // When the garbage collector comes is its own affair.
    t.true(above <= 1.25 * said, `${above} bytes above the training, ${said} said: ${line}`);
    t.true(said < SAMPLES * SAMPLE_BYTES, line);
  }
});
