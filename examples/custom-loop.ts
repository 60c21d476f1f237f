/**
 * A custom training loop, here to clip the gradients, which `fit` does not: give the callback the model, capture it
 * when you see fit, close the run at the end.
 *
 *   npm run example custom-loop
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

const {layers} = tf;
const model = tf.sequential({
  layers: [
    layers.conv2d({name: 'conv_1', inputShape: [28, 28, 1], filters: 8, kernelSize: 3, activation: 'relu'}),
    layers.maxPooling2d({name: 'pool_1', poolSize: 2}),
    layers.flatten(),
    layers.dense({name: 'digits', units: 10, activation: 'softmax'}),
  ],
});
const optimizer = tf.train.adam();

const train = await mnist.load('train', Number(IMAGES), {seed: 1});
const images = tf.tensor4d(train.xs, [train.labels.length, ...mnist.shape]);
const labels = tf.oneHot(train.labels, 10);

/** One step on one batch. Returns its loss, a tensor: reading it here would wait for the backend at every step. */
function trainOnBatch(from: number): tf.Scalar {
  return tf.tidy(() => {
    const size = Math.min(BATCH, train.labels.length - from);
    const [xs, ys] = [images.slice(from, size), labels.slice(from, size)];
    const {value, grads} = tf.variableGrads(() =>
      tf.metrics.categoricalCrossentropy(ys, model.apply(xs, {training: true}) as tf.Tensor).mean(),
    );
    optimizer.applyGradients(
      Object.entries(grads).map(([name, grad]) => ({name, tensor: tf.clipByValue(grad, -0.1, 0.1)})),
    );
    return value;
  });
}

const slicer = cnnSlicer(tf, 'runs/custom-loop', {probe: await mnist.load('test', 500, {seed: 1})});
slicer.setModel(model);
await slicer.capture(0); // the untrained model
for (let epoch = 1; epoch <= Number(EPOCHS); epoch++) {
  const losses: tf.Scalar[] = [];
  for (let from = 0; from < train.labels.length; from += BATCH) losses.push(trainOnBatch(from));
  const [loss = NaN] = tf.tidy(() => tf.stack(losses).mean().dataSync());
  tf.dispose(losses);
  await slicer.capture(epoch, {loss});
  console.log(`epoch ${epoch}: loss ${loss.toFixed(3)}, ${tf.memory().numTensors} tensors`);
}
await slicer.close();
