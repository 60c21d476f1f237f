// Packs the package as npm would publish it, installs it in an empty folder, and uses every entry as a stranger would.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Size limit of the tarball: half a megabyte are bundles; it leaves out pictures that no packed document shows. */
const MAX_BYTES = 2_600_000;

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'cnnslicer-pack-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']});

try {
  run('npx', ['publint', '--strict'], process.cwd());
  const [{filename, size, files}] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], process.cwd()),
  );
  const stray = files
    .map(({path}) => path)
    .filter(path => /tsbuildinfo|\.map$|^(test|src|build|bench)\//.test(path));
  const needed = [
    'dist/bundled/recorder.js',
    'dist/viewer/third-party-notices.md',
    'docs/measures.md',
    'examples/mnist.ts',
    'LICENSE',
  ];
  const absent = needed.filter(path => !files.some(file => file.path === path));
  if (absent.length > 0) throw new Error(`the package lacks ${absent.join(', ')}`);
  if (size > MAX_BYTES) throw new Error(`the package has ${size} bytes, more than ${MAX_BYTES}`);
  if (stray.length > 0) throw new Error(`the package holds files that it should not: ${stray.join(', ')}`);

  const cited = /^version: (.*)$/m.exec(readFileSync('CITATION.cff', 'utf8'))?.[1];
  if (cited !== packageJson.version)
    throw new Error(`CITATION.cff has version ${cited}, package.json another`);

  const tfjs = packageJson.devDependencies['@tensorflow/tfjs'];
  writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}');
  run('npm', [
    'install',
    '--no-audit',
    '--no-fund',
    `./${filename}`,
    `@tensorflow/tfjs@${tfjs}`,
    `@tensorflow/tfjs-backend-wasm@${tfjs}`,
  ]);

  const entries = Object.keys(packageJson.exports).filter(entry => !entry.endsWith('.json'));
  writeFileSync(
    join(folder, 'use.mjs'),
    `import * as tf from '@tensorflow/tfjs';
     import '@tensorflow/tfjs-backend-wasm';
     import {cnnSlicer} from 'cnnslicer';
     import {enableWasmTraining} from 'cnnslicer/wasm';
     import {openRun} from 'cnnslicer/store';
     for (const entry of ${JSON.stringify(entries)}) await import(entry.replace('.', 'cnnslicer'));
     await tf.setBackend('wasm');
     await enableWasmTraining(tf);
     const model = tf.sequential({layers: [
       tf.layers.conv2d({inputShape: [8, 8, 1], filters: 2, kernelSize: 3, activation: 'relu'}),
       tf.layers.flatten(), tf.layers.dense({units: 2, activation: 'softmax'})]});
     model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
     const xs = tf.randomUniform([16, 8, 8, 1]);
     const ys = tf.oneHot(tf.range(0, 16, 1, 'int32').mod(tf.scalar(2, 'int32')), 2).toFloat();
     const slicer = cnnSlicer(tf, 'runs/tiny', {probe: {xs, labels: ys}, strict: true});
     await model.fit(xs, ys, {epochs: 1, verbose: 0, callbacks: slicer});
     await slicer.finished;
     console.log(JSON.stringify(await (await openRun('runs/tiny')).epochs()));`,
  );
  writeFileSync(
    join(folder, 'use.cjs'),
    `const tf = require('@tensorflow/tfjs');
     for (const entry of ${JSON.stringify(entries)}) require(entry.replace('.', 'cnnslicer'));
     console.log(typeof require('cnnslicer').cnnSlicer(tf, 'runs/none', {probe: {xs: tf.zeros([1, 1])}}).capture);`,
  );
  const required = run('node', ['use.cjs']).trim();
  if (required !== 'function') throw new Error(`the callback that require() gives is ${required}`);
  const epochs = run('node', ['use.mjs']).trim();
  // The callback has stated the cost of the run before.
  if (epochs.split('\n').at(-1) !== '[0,1]')
    throw new Error(`the packed callback captured ${epochs}, expected [0,1]`);
  const version = run('npx', ['cnnslicer', '--version']).trim();
  if (version !== packageJson.version)
    throw new Error(`cnnslicer --version says ${version}, package.json ${packageJson.version}`);
  run('npx', ['cnnslicer', 'verify', 'tiny']);
  console.log(
    `${entries.length} entries work from the packed package (${(size / 1024).toFixed(0)} kB, ${files.length} files)`,
  );
} finally {
  rmSync(folder, {recursive: true, force: true});
}
