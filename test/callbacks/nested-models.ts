import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** A functional model that is used as a layer of another, after a convolution and once more on its own. */
function nested(): tf.LayersModel {
  const inner = tf.input({shape: [4, 4, 2]});
  const block = tf.model({
    inputs: inner,
    outputs: tf.layers.conv2d({filters: 3, kernelSize: 3, padding: 'same'}).apply(inner) as tf.SymbolicTensor,
    name: 'block',
  });
  const input = tf.input({shape: [6, 6, 1]});
  const first = tf.layers.conv2d({filters: 2, kernelSize: 3, activation: 'relu', name: 'first'}).apply(input);
  const middle = block.apply(first) as tf.SymbolicTensor;
  const flat = tf.layers.flatten().apply(middle);
  const answer = tf.layers.dense({units: 2, activation: 'softmax', name: 'answer'}).apply(flat);
  return tf.model({inputs: input, outputs: answer as tf.SymbolicTensor});
}

test('a model inside a model is captured as the layer that it is there', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const model = nested();
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'});
  const random = seededRandom(1);
  const xs = tf.tensor4d(Float32Array.from({length: 6 * 36}, random), [6, 6, 6, 1]);
  const labels = Int32Array.of(0, 1, 0, 1, 0, 1);
  const slicer = cnnSlicer(tf, dir, {probe: {xs, labels}, strict: true, tensorboard: false});
  await model.fit(xs, tf.tensor1d([...labels]), {epochs: 1, verbose: 0, callbacks: slicer});
  await slicer.finished;
  const run = await openRun(dir);
  t.deepEqual(run.info.layers.map(({name, channels}) => `${name} ${channels}`).slice(1), [
    'first 2',
    'block 3',
    'answer 2',
  ]);
  const middle = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer('answer').getInputAt(0),
  });
  // The probe has an order of its own.
  const {inputs} = await run.probe();
  const probe = tf.tensor4d(inputs[0]?.values ?? new Float32Array(), [6, 6, 6, 1]);
  const expected = await (middle.predict(probe) as tf.Tensor).data();
  const {maps} = await run.activations(1, 'block');
  const seen = Array.from(maps, (_, i) => maps[(i % 3) * 96 + Math.floor(i / 3)]);
  t.deepEqual(seen, [...expected]);
});
