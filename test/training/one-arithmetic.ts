import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {openCube, type Cube} from 'cnnslicer/analysis';
import {effectiveRank, interSampleEntropy, matrixEntropy, unlessEqual} from 'cnnslicer/metrics';
import {seededRandom, type LayerInfo} from '#src/shared/index.js';
import {column} from '../support/cube.js';
import {python, pythonTest} from '../support/python.js';
import {readEvents, scalarsOf} from '../support/read-events.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const SAMPLES = 40;
const EPOCHS = 1;

const {layers: L} = tf;

/** A small network with a dead layer, and a softmax so sure that most outputs have no square that float32 holds. */
function sureModel(seed: number): tf.LayersModel {
  const weights = (i: number) => tf.initializers.glorotUniform({seed: seed + i});
  const input = tf.input({shape: [6, 6, 1], name: 'image'});
  const conv = L.conv2d({
    filters: 4,
    kernelSize: 3,
    activation: 'relu',
    name: 'conv',
    kernelInitializer: weights(0),
  }).apply(input);
  const flat = L.flatten().apply(conv) as tf.SymbolicTensor;
  const hidden = L.dense({
    units: 8,
    name: 'hidden',
    kernelInitializer: weights(1),
  }).apply(flat) as tf.SymbolicTensor;
  const dead = L.dense({units: 5, activation: 'relu', kernelInitializer: 'zeros', name: 'dead'}).apply(flat);
  const sure = L.dense({
    units: 3,
    activation: 'softmax',
    name: 'sure',
    kernelInitializer: tf.initializers.randomNormal({stddev: 60, seed}),
  }).apply(L.concatenate({name: 'both'}).apply([hidden, dead as tf.SymbolicTensor]));
  const model = tf.model({inputs: input, outputs: sure as tf.SymbolicTensor});
  model.compile({optimizer: tf.train.sgd(1e-6), loss: 'categoricalCrossentropy'});
  return model;
}

/** A run over a probe at some scale: its cube, and TensorBoard's scalars. */
async function trained(t: ExecutionContext, scale: number, seed: number) {
  const dir = join(await temporaryFolder(t), 'run');
  const random = seededRandom(seed);
  const xs = Float32Array.from({length: SAMPLES * 36}, () => Math.max(0, random() - 0.4) * scale);
  const labels = Int32Array.from({length: SAMPLES}, (_, sample) => sample % 3);
  const slicer = cnnSlicer(tf, dir, {probe: {xs, labels}, strict: true, tensorboard: true});
  const model = sureModel(seed);
  const [x, y] = [
    tf.randomNormal([6, 6, 6, 1], 0, 1, 'float32', seed),
    tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], 'int32'), 3),
  ];
  await model.fit(x, y, {epochs: EPOCHS, verbose: 0, callbacks: slicer});
  await slicer.finished;
  tf.dispose([x, y]);
  model.dispose();
  const cube = await openCube(dir, {threads: 1});
  t.teardown(() => cube.close());
  const events = await readEvents(join(dir, 'tensorboard/probe'));
  const scalars = events.flatMap(event => {
    const value = event.summary?.value?.filter(({metadata}) => metadata.pluginData.pluginName === 'scalars');
    return scalarsOf([{...event, summary: {value: value ?? []}}]);
  });
  return {cube, scalars};
}

/** The layer's values at an epoch, one row a sample. */
async function rowsOf(cube: Cube, layer: LayerInfo, epoch: number): Promise<Float32Array> {
  const {maps, channels, samples, pixels} = await cube.activations(epoch, layer.index);
  const rows = new Float32Array(maps.length);
  for (const [i, value] of maps.entries()) {
    const [channel, position] = [Math.floor(i / (samples * pixels)), i % (samples * pixels)];
    rows[position * channels.length + channel] = value;
  }
  return rows;
}

const same = (actual: unknown, expected: number | null) =>
  expected === null
    ? actual === null
    : Math.abs(Number(actual) - expected) <= 1e-9 * Math.max(1e-6, expected);

const answer = async (cube: Cube, samples: string, {name}: LayerInfo, epoch: number) => {
  const result = await cube.query(`Hx(dCNN(${samples}, ${name}, *, ${epoch}))`);
  return [column(result, 'bits')[0], column(result, 'matrix_bits')[0], column(result, 'reason')[0]] as const;
};

const rankOf = async (cube: Cube, samples: string, {name}: LayerInfo, epoch: number) =>
  column(await cube.query(`R(dCNN(${samples}, ${name}, *, ${epoch}))`), 'rank')[0];

for (const [i, scale] of [1e-30, 1e-22, 1, 1e18, 1e30].entries()) {
  test(`stored, asked, TensorBoard and the plain version are one number, probe scaled by ${scale}`, async t => {
    const {cube, scalars} = await trained(t, scale, 11 + i);
    const list = `{${Array.from({length: SAMPLES}, (_, sample) => sample).join(',')}}`;
    for (const layer of cube.info.layers) {
      for (let epoch = 0; epoch <= EPOCHS; epoch++) {
        const note = `${layer.name}, epoch ${epoch}`;
        const shape = {samples: SAMPLES, features: layer.channels * layer.spatial.reduce((a, b) => a * b, 1)};
        const rows = await rowsOf(cube, layer, epoch);
        const plain = unlessEqual(interSampleEntropy(rows, shape)).bits;
        const matrix = matrixEntropy(rows, shape).bits;
        const {rank} = effectiveRank(rows, shape);
        for (const samples of ['*', `0..${SAMPLES - 1}`, list]) {
          const [bits, matrixBits, reason] = await answer(cube, samples, layer, epoch);
          t.true(same(bits, plain), `${note}, ${samples}: ${String(bits)} for ${plain}`);
          t.true(same(matrixBits, matrix), `${note}, ${samples}: ${String(matrixBits)} for ${matrix}`);
          t.is(reason, plain === null ? 'no-variance' : null, note);
          const asked = await rankOf(cube, samples, layer, epoch);
          t.true(same(asked, rank), `${note}, ${samples}: ${String(asked)} for ${rank}`);
        }
        const [bits, matrixBits] = await answer(cube, '*', layer, epoch);
        for (const [tag, value] of [
          ['inter_sample_entropy', bits],
          ['matrix_entropy', matrixBits],
          ['effective_rank', await rankOf(cube, '*', layer, epoch)],
        ] as const) {
          const shown = scalars.find(([step, name]) => step === epoch && name === `${tag}/${layer.name}`);
          t.is(shown?.[2], value === null ? undefined : Math.fround(Number(value)), `${note}: ${tag}`);
        }
      }
      const part = Array.from({length: SAMPLES}, (_, sample) => sample).filter(sample => sample % 3 === 1);
      const [bits, matrixBits] = await answer(cube, 'label=1', layer, 0);
      const [again, matrixAgain] = await answer(cube, `{${part.join(',')}}`, layer, 0);
      t.true(
        same(again, bits as number | null),
        `${layer.name}, class 1: ${String(again)} for ${String(bits)}`,
      );
      t.true(same(matrixAgain, matrixBits as number | null), `${layer.name}, class 1`);
    }
    t.is(
      (await answer(cube, '*', cube.info.layers.find(({name}) => name === 'dead') as LayerInfo, 1))[2],
      'no-variance',
    );
  });
}

pythonTest('NumPy finds the same numbers in the stored activations', async t => {
  const folder = await temporaryFolder(t);
  const jobs: object[] = [];
  const stored: (readonly unknown[])[] = [];
  for (const [i, scale] of [1e-30, 1, 1e30].entries()) {
    const {cube} = await trained(t, scale, 31 + i);
    for (const layer of cube.info.layers) {
      const rows = await rowsOf(cube, layer, EPOCHS);
      const file = join(folder, `${jobs.length}.f32`);
      await writeFile(file, rows);
      jobs.push({file, samples: SAMPLES, features: rows.length / SAMPLES, k: 15});
      stored.push(await answer(cube, '*', layer, EPOCHS));
    }
  }
  const file = join(folder, 'jobs.json');
  await writeFile(file, JSON.stringify(jobs));
  const expected = JSON.parse(await python('test/support/entropies.py', file)) as (number | null)[][];
  for (const [i, [bits, matrix]] of stored.entries()) {
    const note = JSON.stringify(jobs[i]);
    t.true(same(bits, expected[i]?.[0] ?? null), `${note}: ${String(bits)} for ${expected[i]?.[0]}`);
    t.true(same(matrix, expected[i]?.[1] ?? null), `${note}: ${String(matrix)} for ${expected[i]?.[1]}`);
  }
});
