/**
 * A network that is no LayersModel, here written with plain operations: hand the callback a function that names the tensors
 * which are to be the layers of the run. The same goes for a `tf.GraphModel`, by its `execute`.
 *
 *   npm run example own-network
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer} from 'cnnslicer';
import {mnist} from 'cnnslicer/datasets';
import {enableWasmTraining} from 'cnnslicer/wasm';

const {IMAGES = '2000', EPOCHS = '4'} = process.env;
const BATCH = 50;

await tf.setBackend('wasm');
await enableWasmTraining(tf);

const random = (shape: number[], deviation: number, seed: number) =>
  tf.variable(tf.truncatedNormal(shape, 0, deviation, 'float32', seed));
const filters = random([3, 3, 1, 8], 0.3, 1) as tf.Variable<tf.Rank.R4>;
const weights = random([13 * 13 * 8, 10], 0.05, 2) as tf.Variable<tf.Rank.R2>;
const bias = tf.variable(tf.zeros([10]));

/** Computes the network for some images; the returned tensors are the layers, by name. */
function network(images: tf.Tensor4D) {
  const conv1 = tf.relu(tf.conv2d(images, filters, 1, 'valid'));
  const pool1 = tf.maxPool(conv1, 2, 2, 'valid');
  const logits = tf.add(tf.matMul(pool1.reshape<tf.Tensor2D>([-1, 13 * 13 * 8]), weights), bias);
  return {conv1, pool1, logits};
}

const train = await mnist.load('train', Number(IMAGES), {seed: 1});
const images = tf.tensor4d(train.xs, [train.labels.length, ...mnist.shape]);
const labels = tf.oneHot(train.labels, 10);
const optimizer = tf.train.adam(0.005);

function trainOnBatch(from: number): tf.Scalar {
  return tf.tidy(() => {
    const size = Math.min(BATCH, train.labels.length - from);
    const [xs, ys] = [images.slice(from, size), labels.slice(from, size)];
    const loss = () => tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(ys, network(xs).logits);
    return optimizer.minimize(loss, true) as tf.Scalar;
  });
}

// As no model tells the shape of its input, the probe comes as a tensor.
const test = await mnist.load('test', 500, {seed: 1});
const probe = {xs: tf.tensor4d(test.xs, [test.labels.length, ...mnist.shape]), labels: test.labels};
const slicer = cnnSlicer(tf, 'runs/own-network', {probe});

await slicer.capture(0, {}, network); // the untrained network
for (let epoch = 1; epoch <= Number(EPOCHS); epoch++) {
  const losses: tf.Scalar[] = [];
  for (let from = 0; from < train.labels.length; from += BATCH) losses.push(trainOnBatch(from));
  const [loss = NaN] = tf.tidy(() => tf.stack(losses).mean().dataSync());
  tf.dispose(losses);
  await slicer.capture(epoch, {loss}, network);
  console.log(`epoch ${epoch}: loss ${loss.toFixed(3)}, ${tf.memory().numTensors} tensors`);
}
await slicer.close();
