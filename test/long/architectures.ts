import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicer} from 'cnnslicer';
import {openRun, type Run} from 'cnnslicer/store';
import {enableWasmTraining} from 'cnnslicer/wasm';
import type {RunDetail} from '#src/shared/index.js';
import {
  architectures,
  exampleOf,
  oneOrMany,
  supportedPage,
  supportOf,
  type Architecture,
  type Example,
  type Support,
} from '../support/architectures/index.js';
import {assertMade} from '../support/made-file.js';
import {servedViewer} from '../support/served-viewer.js';
import {openViewer, type ViewerPage} from '../support/viewer-page.js';

/** No divisor of the samples, so that the last batch is a short one. */
const BATCH = 8;
const EPOCHS = 2;
const PAGE = 'docs/supported.md';

/** Preloaded by `npm run test:native`; then everything runs on it. */
const onNative = tf.findBackend('tensorflow') !== null;
const backends = onNative ? ['tensorflow'] : ['cpu', 'wasm'];

const {logdir, server, browser} = await servedViewer(() => Promise.resolve());
/** One page for all rows: each opens its run in it. */
let viewer: ViewerPage | undefined;
const found = new Map<Architecture, Support>();

test.before(async () => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
});

for (const architecture of architectures) {
  test.serial(`captures ${architecture.name}`, async t => {
    let run: Run | undefined;
    for (const backend of backends) {
      run = await capturedOn(t, backend, architecture, join(logdir, folderName(architecture, backend)));
    }
    found.set(architecture, await supportOf(run as Run));
    await viewerOpens(t, run as Run);
  });
}

test.serial(`${PAGE} says what the tests above found; "npm run supported" writes it`, async t => {
  const rows = architectures.map(architecture => [architecture, found.get(architecture)] as const);
  const missing = rows.filter(([, support]) => !support).map(([{name}]) => name);
  t.deepEqual(missing, [], 'these have failed');
  const page = supportedPage(await readFile(PAGE, 'utf8'), rows as [Architecture, Support][]);
  await assertMade(t, PAGE, page, {variable: 'CNNSLICER_RENEW_SUPPORTED', command: 'npm run supported'});
});

function folderName({name}: Architecture, backend: string): string {
  const plain = name.replace(/^(an?|the) /, '').replace(/\W+/g, '-');
  return `${plain}-${backend}`.toLowerCase();
}

/** Trains, captures and checks what was captured. */
async function capturedOn(
  t: ExecutionContext,
  backend: string,
  architecture: Architecture,
  dir: string,
): Promise<Run> {
  await tf.setBackend(backend);
  const example = exampleOf(architecture);
  await trained(t, architecture, example, dir);
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 1, 2]);
  t.is(run.info.status, 'finished');
  t.is(run.info.backend, backend);
  await activationsArePredictions(t, run, example, architecture);
  await measuresAreFiniteOrSayWhy(t, run);
  tf.dispose([example.xs, example.ys]);
  example.model.dispose();
  return run;
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
  await trainOnce(); // the optimizer keeps its own tensors from the first step on
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
    const expected = tf.tidy(() => {
      const output = predicted(model, name, xs);
      const maps = channelsFirst && output.rank === 4 ? tf.transpose(output, [0, 2, 3, 1]) : output;
      t.deepEqual(maps.shape, [labels.length, ...spatial, channels], name);
      return tf.transpose(tf.reshape(maps, [labels.length, -1, channels]), [2, 0, 1]).dataSync();
    });
    const {maps} = await run.activations(EPOCHS, name);
    t.deepEqual(maps, expected as Float32Array, name);
  }
  tf.dispose(xs);
}

/**
 * What the model, cut at a layer, gives. `shared.2` is the second call of `shared`, `lstm:1` a second output, and
 * `block/conv` is in a nested model, which has a call within itself before.
 */
function predicted(model: tf.LayersModel, name: string, xs: tf.Tensor[]): tf.Tensor {
  const cut = (outputs: tf.SymbolicTensor | tf.SymbolicTensor[]) => {
    const given = tf.model({inputs: model.inputs, outputs}).predict(oneOrMany(xs), {batchSize: BATCH});
    return [given].flat<(tf.Tensor | tf.Tensor[])[]>();
  };
  const [, called = '', number = '1', output = '0', within] =
    /^([^/:]*?)(?:\.(\d+))?(?::(\d+))?(?:\/(.*))?$/.exec(name) ?? [];
  const layer = tf.model({inputs: model.inputs, outputs: model.outputs}).getLayer(called);
  const call = Number(number) - 1 + (layer instanceof tf.LayersModel ? 1 : 0);
  if (within && layer instanceof tf.LayersModel) return predicted(layer, within, cut(layer.getInputAt(call)));
  return cut([layer.getOutputAt(call)].flat()[Number(output)] as tf.SymbolicTensor)[0] as tf.Tensor;
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
async function viewerOpens(t: ExecutionContext, {info: {name, layers}}: Run): Promise<void> {
  const {info} = (await (await fetch(`${server.url}api/runs/${name}`)).json()) as RunDetail;
  t.deepEqual(info.layers, layers);
  const query = encodeURIComponent('Hx(dCNN(*, *, *, *))');
  const url = `${server.url}#run=${name}&query=${query}`;
  if (viewer) {
    await viewer.page.goto('about:blank'); // another hash alone would reload nothing
    await viewer.page.goto(url);
  }
  viewer ??= await openViewer(browser, url);
  const {page, trouble, settled} = viewer;
  await page.getByRole('region', {name: 'Result', exact: true}).waitFor();
  for (const view of ['Performance', 'Layers', 'Channels']) {
    await page.getByRole('button', {name: view, exact: true}).click();
    await page.locator(`section.view[aria-label="${view}"]`).waitFor();
    await settled(100);
    t.deepEqual(await page.getByRole('alert').allTextContents(), [], view);
  }
  t.deepEqual(trouble.splice(0), []);
}
