import {mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, verifyRun} from 'cnnslicer/store';
import type {Peer} from '../support/fit-beside.js';
import {tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

/** Refuses what is beyond it: nothing that a training sample holds. */
class Fuse extends tf.layers.Layer {
  static className = 'Fuse';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor;
    if (x.dataSync().some(value => Math.abs(value) > 100)) throw new Error('the fuse has blown');
    return x.clone();
  }
}

const LONG_NAME = 'long'.repeat(70);

/** Two convolutions; weights and dropout are seeded. */
function model(): tf.LayersModel {
  const seeded = () => ({kernelInitializer: tf.initializers.glorotUniform({seed: 5})});
  const input = tf.input({shape: [8, 8, 1], name: 'image'});
  const conv = tf.layers.conv2d({name: 'conv', filters: 3, kernelSize: 3, ...seeded()}).apply(input);
  const second = tf.layers.conv2d({name: LONG_NAME, filters: 2, kernelSize: 3, ...seeded()}).apply(conv);
  const flat = tf.layers.flatten().apply(second);
  const fuse = new Fuse({name: 'fuse', trainable: false}).apply(flat);
  const dropped = tf.layers.dropout({rate: 0.1, seed: 3}).apply(fuse);
  const dense = tf.layers.dense({name: 'dense', units: 3, activation: 'softmax', ...seeded()});
  const result = tf.model({inputs: input, outputs: dense.apply(dropped) as tf.SymbolicTensor});
  result.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return result;
}

/** Trains for two epochs; all weights as one list of numbers. */
async function trainedWeights(callbacks: Peer[]): Promise<number[]> {
  const {xs, ys} = tinyTensors(tf, 24);
  const trained = model();
  await trained.fit(xs, ys, {epochs: 2, verbose: 0, shuffle: false, callbacks});
  const values = trained.getWeights().flatMap(weight => Array.from(weight.dataSync()));
  trained.dispose();
  tf.dispose([xs, ys]);
  return values;
}

interface Case {
  what: string;
  options?: (folder: string) => Partial<CnnSlicerOptions>;
  /** Puts something in the way, once the run is open. */
  sabotage?: (dir: string) => Promise<void>;
  /** All that is said. */
  warnings: RegExp[];
  /** Layers, tables or weights that epoch 2 lacks. */
  missing: string[];
  /** What its manifest says of it; events for TensorBoard are no part of an epoch. */
  failed?: [stage: string, of: string | null][];
}

const TABLES = ['logs', 'channel_entropy', 'layer_entropy', 'confusion', 'class_entropy', 'predictions'];

const inTheWay = (path: string) => async (dir: string) => {
  await rm(join(dir, path), {recursive: true, force: true});
  await mkdir(join(dir, path, '..'), {recursive: true});
  await writeFile(join(dir, path), 'in the way');
};
const blown = tinyImages(9);
blown.xs[8 * 64 + 27] = 1e6;

/** Layers that have nothing wrong with them. */
const SOUND = {layers: ['conv', 'dense'], tensorboard: {capacity: []}};

const cases: Case[] = [
  {
    what: 'a table',
    sabotage: inTheWay('metrics/layer_entropy'),
    warnings: [
      /: the table layer_entropy could not be stored: Cannot write \S+layer_entropy\S+: .+\. All else is kept\.$/,
    ],
    missing: ['layer_entropy'],
    failed: [['table', 'layer_entropy']],
  },
  {
    what: 'the weights',
    sabotage: inTheWay('weights'),
    warnings: [
      /: the weights could not be stored: Cannot write .+ All else is kept; weights: false stores none\.$/,
    ],
    missing: ['weights'],
    failed: [['weights', null]],
  },
  {
    what: 'the activations of a layer',
    options: () => ({layers: ['conv', LONG_NAME, 'dense']}),
    warnings: [/: the activations of layer (long)+ could not be stored: Cannot write .+\(ENAMETOOLONG\)/],
    missing: [LONG_NAME],
    failed: [['activations', LONG_NAME]],
  },
  {
    what: "TensorBoard's directory",
    options: folder => ({tensorboard: join(folder, 'file', 'tb')}),
    warnings: [
      /^cnnslicer: events for TensorBoard could not be written: Cannot write \S+tb: part of the path is a file.+\. All else is kept; tensorboard: false writes none\.$/,
    ],
    missing: [],
  },
  {
    what: 'the scalars of the training',
    options: folder => ({tensorboard: join(folder, 'tb')}),
    sabotage: dir => inTheWay('tb/run/train')(join(dir, '..')),
    warnings: [/: the logs could not be written for TensorBoard: Cannot write \S+tb.run: .+/],
    missing: [],
  },
  {
    what: 'the evaluation set',
    options: () => ({evaluation: blown}),
    warnings: [/: the evaluation set could not be predicted: the fuse has blown\. All else is kept; /],
    missing: ['confusion', 'class_entropy'],
    failed: [['evaluation', null]],
  },
];

/** A callback with something in its way. */
async function disturbed(t: ExecutionContext, {options, sabotage}: Case, strict: boolean) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), 'a file');
  const dir = join(folder, 'run');
  const slicer = cnnSlicer(tf, dir, {probe: tinyImages(12), strict, ...SOUND, ...options?.(folder)});
  const saboteur = new tf.CustomCallback({onTrainBegin: () => sabotage?.(dir)});
  return {dir, slicer, callbacks: [slicer, saboteur]};
}

let undisturbed: number[];
test.serial.before(async () => {
  tf.serialization.registerClass(Fuse);
  undisturbed = await trainedWeights([]);
});

for (const failing of cases) {
  test.serial(
    `${failing.what} may fail: all else is there, and training is the same bit for bit`,
    async t => {
      const {dir, callbacks} = await disturbed(t, failing, false);
      const said = await warnings(t, async () => {
        t.is((await trainedWeights(callbacks)).join(), undisturbed.join());
      });
      t.is(said.length, failing.warnings.length, said.join('\n'));
      for (const [i, line] of said.entries()) t.regex(line, failing.warnings[i]!);
      const run = await openRun(dir);
      t.is(run.info.status, 'finished');
      t.deepEqual(await run.epochs(), [0, 1, 2]);
      t.like(await verifyRun(dir), {ok: true, problems: []});
      const {files, failed} = await run.manifest(2);
      const named = failed?.map(({stage, of}): [string, string | null] => [stage, of]);
      t.deepEqual(named, failing.failed);
      const layers = run.info.layers.slice(1).map(({name}) => name);
      const written = files.map(file =>
        file.kind === 'table' ? file.table : file.kind === 'weights' ? 'weights' : file.layer,
      );
      const all = [...layers, 'weights', ...TABLES];
      t.deepEqual(
        all.filter(name => !written.includes(name)),
        failing.missing,
      );
      const measured = await run.table('layer_entropy', {epochs: [2]});
      if (written.includes('layer_entropy'))
        t.true(measured.some(({layer, bits}) => layer === 'conv' && bits !== null));
    },
  );

  test.serial(
    `${failing.what} may fail: with strict the first failure is thrown, and once more by finished`,
    async t => {
      const {slicer, callbacks} = await disturbed(t, failing, true);
      const error = await t.throwsAsync(trainedWeights(callbacks));
      t.regex(error.message, failing.warnings[0]!);
      for (let i = 0; i < 2; i++) t.is(await t.throwsAsync(slicer.finished), error);
    },
  );
}
