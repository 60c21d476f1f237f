/**
 * One callback in `model.fit`: train a small CNN on handwritten digits, then ask the run what stands out.
 *
 *   npm run example mnist
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer} from 'cnnslicer';
import {findings, openCube} from 'cnnslicer/analysis';
import {mnist} from 'cnnslicer/datasets';
import {enableWasmTraining} from 'cnnslicer/wasm';

const {IMAGES = '2000', EPOCHS = '6'} = process.env;

await tf.setBackend('wasm');
await enableWasmTraining(tf); // the wasm backend alone cannot train a CNN

// The callback captures layers under their names: name those that you will ask about.
const {layers} = tf;
const model = tf.sequential({
  layers: [
    layers.conv2d({name: 'conv_1', inputShape: [28, 28, 1], filters: 8, kernelSize: 3, activation: 'relu'}),
    layers.maxPooling2d({name: 'pool_1', poolSize: 2}),
    layers.conv2d({name: 'conv_2', filters: 16, kernelSize: 3, activation: 'relu'}),
    layers.maxPooling2d({name: 'pool_2', poolSize: 2}),
    layers.flatten(),
    layers.dense({name: 'digits', units: 10, activation: 'softmax'}),
  ],
});
model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});

const train = await mnist.load('train', Number(IMAGES), {seed: 1});
const xs = tf.tensor4d(train.xs, [train.labels.length, ...mnist.shape]);
const ys = tf.oneHot(train.labels, 10);

// Samples that the model is not trained on; the callback draws 256 of them, an even share of each digit.
const probe = await mnist.load('test', 500, {seed: 1});
const slicer = cnnSlicer(tf, 'runs/mnist', {probe});
// Next to it, a custom callback: tfjs prints nothing itself.
const report = new tf.CustomCallback({
  onEpochEnd: (epoch, logs) => console.log(`epoch ${epoch + 1}: accuracy ${logs?.['val_acc']?.toFixed(3)}`),
});

await model.fit(xs, ys, {epochs: Number(EPOCHS), validationSplit: 0.1, callbacks: [slicer, report]});
await slicer.finished; // everything is on disk

const run = await openCube(slicer.dir);
for (const {title, evidence} of await findings(run)) console.log(`${title}\n    see ${evidence}`);
await run.close();
console.log('Now look at it: npx cnnslicer view');
