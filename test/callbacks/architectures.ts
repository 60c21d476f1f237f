import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test, {type ExecutionContext} from 'ava';
import type {Browser} from 'playwright-core';
import {cnnSlicer, type CnnSlicer} from 'cnnslicer';
import {startServer, type RunningServer} from 'cnnslicer/server';
import {openRun, type Run} from 'cnnslicer/store';
import {enableWasmTraining} from 'cnnslicer/wasm';
import type {RunDetail} from '#src/shared/index.js';
import {
  architectures,
  exampleOf,
  oneOrMany,
  type Architecture,
  type Example,
} from '../support/architectures/index.js';
import {launchChromium} from '../support/chromium.js';
import {openViewer} from '../support/viewer-page.js';

/** No divisor of the samples, so that the last batch is a short one. */
const BATCH = 8;
const EPOCHS = 2;

let logdir: string;
let server: RunningServer;
let browser: Browser;

/** Preloaded by `npm run test:native`; then everything runs on it. */
const onNative = tf.findBackend('tensorflow') !== null;

test.before(async () => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-architectures-'));
  server = await startServer({logdir, port: 0});
  browser = await launchChromium();
});

test.after.always(async () => {
  await browser?.close();
  await server?.close();
  await rm(logdir, {recursive: true, force: true});
});

for (const architecture of architectures) {
  test.serial(`captures ${architecture.name}`, async t => {
    await tf.setBackend(onNative ? 'tensorflow' : architecture.notOnWasm === undefined ? 'wasm' : 'cpu');
    const name = folderName(architecture);
    const dir = join(logdir, name);
    const example = exampleOf(architecture);
    await trained(t, architecture, example, dir);
    const run = await openRun(dir);
    t.deepEqual(await run.epochs(), [0, 1, 2]);
    t.is(run.info.status, 'finished');
    await activationsArePredictions(t, run, example, architecture);
    await measuresAreFiniteOrSayWhy(t, run);
    const answer = (await (await fetch(`${server.url}api/runs/${name}`)).json()) as RunDetail;
    t.deepEqual(answer.info.layers, run.info.layers);
    await viewerOpens(t, name);
    tf.dispose([example.xs, example.ys]);
    example.model.dispose();
  });
}

function folderName({name}: Architecture): string {
  return name
    .replace(/^(an?|the) /, '')
    .replace(/\W+/g, '-')
    .toLowerCase();
}

/** Trains with the callback; no tensor is left of it. */
async function trained(
  t: ExecutionContext,
  {byHand}: Architecture,
  example: Example,
  dir: string,
): Promise<void> {
  const {model, xs, ys, labels} = example;
  const fit = async (args: tf.ModelFitArgs) => {
    await model.fit(oneOrMany(xs), oneOrMany(ys), {
      ...{batchSize: BATCH, shuffle: false, verbose: 0},
      ...args,
    });
  };
  const loop = byHand?.(example);
  const trainOnce = loop ?? (() => fit({epochs: 1}));
  await trainOnce(); // the optimizer keeps tensors of its own from the first step on
  const before = tf.memory().numTensors;
  const slicer = cnnSlicer(tf, dir, {
    probe: labels ? {xs, labels} : {xs},
    batchSize: BATCH,
    strict: true,
  });
  if (loop) await capturedByHand(slicer, model, loop);
  else await fit({epochs: EPOCHS, callbacks: slicer});
  await slicer.finished;
  t.is(tf.memory().numTensors, before);
}

async function capturedByHand(
  slicer: CnnSlicer,
  model: tf.LayersModel,
  trainOnce: () => Promise<number>,
): Promise<void> {
  slicer.setModel(model);
  await slicer.capture(0);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) await slicer.capture(epoch, {loss: await trainOnce()});
  await slicer.close();
}

/** What is stored equals what the model, cut at the layer, predicts for the probe in the same batches: bit for bit. */
async function activationsArePredictions(
  t: ExecutionContext,
  run: Run,
  {model}: Example,
  {channelsFirst = false}: Architecture,
): Promise<void> {
  const {inputs, labels} = await run.probe();
  const xs = inputs.map(({values, shape}) => {
    const maps = tf.tensor(values, [labels.length, ...shape]);
    return channelsFirst ? tf.transpose(maps, [0, 3, 1, 2]) : maps;
  });
  for (const {name, spatial, channels} of run.info.layers.slice(run.info.inputs)) {
    const cut = tf.model({inputs: model.inputs, outputs: outputNamed(model, name)});
    const expected = tf.tidy(() => {
      const output = cut.predict(oneOrMany(xs), {batchSize: BATCH}) as tf.Tensor;
      const maps = channelsFirst && output.rank === 4 ? tf.transpose(output, [0, 2, 3, 1]) : output;
      t.deepEqual(maps.shape, [labels.length, ...spatial, channels], name);
      return tf.transpose(tf.reshape(maps, [labels.length, -1, channels]), [2, 0, 1]).dataSync();
    });
    const {maps} = await run.activations(EPOCHS, name);
    t.deepEqual(maps, expected as Float32Array, name);
  }
  tf.dispose(xs);
}

/** As tfjs knows it: `shared.2` is the second call of `shared`; a nested model has a call within itself before. */
function outputNamed(model: tf.LayersModel, name: string): tf.SymbolicTensor {
  const [, layerName, number] = /^(.*?)(?:\.(\d+))?$/.exec(name) as unknown as [string, string, string?];
  const layer = tf.model({inputs: model.inputs, outputs: model.outputs}).getLayer(layerName);
  const call = Number(number ?? 1) - 1 + (layer instanceof tf.LayersModel ? 1 : 0);
  return [layer.getOutputAt(call)].flat()[0] as tf.SymbolicTensor;
}

async function measuresAreFiniteOrSayWhy(t: ExecutionContext, run: Run): Promise<void> {
  for (const row of await run.table('channel_entropy')) {
    if (row.reason === null) t.true(Number.isFinite(row.mean) && Number.isFinite(row.std), row.layer);
    else t.is(row.mean, null, row.layer);
  }
  for (const row of await run.table('layer_entropy')) {
    if (row.reason === null) t.true(Number.isFinite(row.bits) && Number.isFinite(row.intra_mean), row.layer);
    else t.is(row.bits, null, row.layer);
    t.true(Number.isFinite(row.min) && Number.isFinite(row.max), row.layer);
  }
}

/** Every view shows the run without an error, and without asking for what there is not. */
async function viewerOpens(t: ExecutionContext, name: string): Promise<void> {
  const {page, trouble, settled} = await openViewer(browser, `${server.url}#run=${name}`);
  for (const view of ['Layers', 'Channels']) {
    await page.getByRole('button', {name: view, exact: true}).click();
    await page.locator(`section.view[aria-label="${view}"]`).waitFor();
    await settled();
  }
  t.deepEqual(trouble, []);
  await page.context().close();
}
