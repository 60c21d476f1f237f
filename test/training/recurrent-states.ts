import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';
import {closeTo} from '../support/close-to.js';

const {layers: L} = tf;
const STEPS = [5, 3];
const SAMPLES = 12;

const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
const cell = {units: 3, kernelInitializer: seeded(1), recurrentInitializer: seeded(2)};
const answer = () => L.dense({units: 2, activation: 'softmax', kernelInitializer: seeded(3), name: 'answer'});
const values = (shape: number[], seed: number) =>
  tf.tensor(Float32Array.from({length: shape.reduce((a, b) => a * b)}, seededRandom(seed)), shape);

/** Models that begin each batch with the state of the last; of a batch size that they were built for. */
const STATEFUL: Record<string, (batch: number) => tf.layers.Layer[]> = {
  lstm: batch => [L.lstm({...cell, stateful: true, batchInputShape: [batch, ...STEPS]}), answer()],
  'gru in two layers': batch => [
    L.gru({...cell, stateful: true, returnSequences: true, batchInputShape: [batch, ...STEPS]}),
    L.gru({...cell, stateful: true}),
    answer(),
  ],
  'simpleRNN in a nested model': batch => [
    tf.sequential({
      layers: [L.simpleRNN({...cell, stateful: true, batchInputShape: [batch, ...STEPS]})],
    }),
    answer(),
  ],
};

function compiled(layers: tf.layers.Layer[]): tf.Sequential {
  const model = tf.sequential({layers});
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'});
  return model;
}

async function trained(
  model: tf.LayersModel,
  batchSize: number,
  callbacks: tf.Callback[],
): Promise<number[]> {
  const ys = tf.tensor1d(Array.from({length: SAMPLES}, (_, i) => i % 2));
  const xs = values([SAMPLES, ...STEPS], 1);
  await model.fit(xs, ys, {batchSize, epochs: 3, shuffle: false, verbose: 0, callbacks});
  return model.getWeights().flatMap(weights => [...weights.dataSync()]);
}

async function watched(t: ExecutionContext, model: tf.LayersModel, batchSize: number) {
  const dir = join(await temporaryFolder(t), 'run');
  const xs = values([7, ...STEPS], 2);
  const probe = {xs, labels: [0, 0, 0, 0, 1, 1, 1]};
  const slicer = cnnSlicer(tf, dir, {probe, background: false});
  let weights: number[] = [];
  t.deepEqual(await warnings(t, async () => (weights = await trained(model, batchSize, [slicer]))), []);
  return {weights, run: await openRun(dir)};
}

for (const [name, layersOf] of Object.entries(STATEFUL)) {
  for (const batch of [1, 4]) {
    test.serial(
      `a stateful ${name}, batches of ${batch}, trains as it does unwatched, and is captured`,
      async t => {
        const alone = await trained(compiled(layersOf(batch)), batch, []);
        const model = compiled(layersOf(batch));
        const {weights, run} = await watched(t, model, batch);
        t.deepEqual(weights, alone);
        t.deepEqual(await run.epochs(), [0, 1, 2, 3]);
      },
    );
  }
}

test.serial('each sample of the probe is a separate sequence, also where the batch is fixed', async t => {
  const model = compiled(STATEFUL.lstm!(4));
  const {run} = await watched(t, model, 4);
  const free = tf.sequential({layers: [L.lstm({...cell, inputShape: STEPS}), answer()]});
  free.setWeights(model.getWeights());
  // The probe is in the order of its draw.
  const drawn = tf.tensor((await run.probe()).inputs[0]!.values, [7, ...STEPS]);
  const expected = (free.predict(drawn) as tf.Tensor).dataSync();
  const {maps} = await run.activations(3, 'answer');
  t.is(maps.length, expected.length);
  for (let sample = 0; sample < 7; sample++) {
    for (let channel = 0; channel < 2; channel++) {
      const difference = maps[channel * 7 + sample]! - expected[sample * 2 + channel]!;
      closeTo(t, difference, 0, 1e-6, `sample ${sample}, channel ${channel}`);
    }
  }
});
