import {execFile} from 'node:child_process';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

const fetches = process.env['CNNSLICER_FETCH'] === '1';
const packageTest = fetches ? test.serial : test.serial.skip;
const why = fetches ? '' : ' (set CNNSLICER_FETCH=1: it fetches TensorFlow.js)';

/** Trains a CNN on both backends, as a user's script does, and says what was captured. */
const script = `
  import * as tf from '@tensorflow/tfjs';
  import '@tensorflow/tfjs-backend-wasm';
  import {cnnSlicer} from 'cnnslicer';
  import {openRun} from 'cnnslicer/store';
  import {enableWasmTraining} from 'cnnslicer/wasm';

  await tf.setBackend('cpu');
  const xs = tf.randomUniform([24, 8, 8, 1], 0, 1, 'float32', 1);
  const ys = tf.oneHot(tf.range(0, 24, 1, 'int32').mod(tf.scalar(2, 'int32')).toInt(), 2).toFloat();
  const reported = {};
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    if (backend === 'wasm') await enableWasmTraining(tf);
    const model = tf.sequential({layers: [
      tf.layers.conv2d({inputShape: [8, 8, 1], filters: 3, kernelSize: 3, padding: 'same', activation: 'relu'}),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 2, activation: 'softmax'})]});
    model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    const slicer = cnnSlicer(tf, 'runs/' + backend, {probe: {xs, labels: ys}, strict: true});
    await model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer});
    await slicer.finished;
    const run = await openRun('runs/' + backend);
    reported[backend] = {tfjs: run.info.versions.tfjs, epochs: await run.epochs()};
  }
  console.log(JSON.stringify(reported));
`;

/** The lowest and the highest that the package says it takes. */
for (const version of ['3.21.0', '4.x']) {
  packageTest(
    `npm installs it beside TensorFlow.js ${version}, and both backends train with it${why}`,
    async t => {
      t.timeout(10 * 60_000); // npm fetches 300 MB
      const folder = await temporaryFolder(t);
      const npm = (args: string[], cwd = folder) => promisify(execFile)('npm', args, {cwd});
      const {stdout: packed} = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], process.cwd()); // prettier-ignore
      const [{filename}] = JSON.parse(packed) as [{filename: string}];
      await writeFile(join(folder, 'package.json'), '{"type": "module", "private": true}');
      const tfjs = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'].map(name => `${name}@${version}`);
      await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', `./${filename}`, ...tfjs]); // refused where the range does not fit
      await writeFile(join(folder, 'train.mjs'), script);
      const {stdout} = await promisify(execFile)(process.execPath, ['train.mjs'], {cwd: folder});
      const lines = stdout.trim().split('\n');
      const reported = JSON.parse(lines.at(-1) ?? '') as Record<string, {tfjs: string; epochs: number[]}>;
      const installed = JSON.parse(
        await readFile(join(folder, 'node_modules/@tensorflow/tfjs-core/package.json'), 'utf8'),
      ) as {version: string};
      const expected = {tfjs: installed.version, epochs: [0, 1, 2]};
      t.deepEqual(reported, {cpu: expected, wasm: expected});
      if (version === '3.21.0') t.is(installed.version, version);
    },
  );
}
