/**
 * The paper's kind of model on small photographs, and a deep model's options: capture what you need at the price you
 * want to pay. The photographs (133 MB) are fetched with npm on first use.
 *
 *   npm run example cifar10
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer} from 'cnnslicer';
import {openCube, resultRows} from 'cnnslicer/analysis';
import {cifar10} from 'cnnslicer/datasets';
import {enableWasmTraining} from 'cnnslicer/wasm';

const {IMAGES = '2000', EPOCHS = '6'} = process.env;

await tf.setBackend('wasm');
await enableWasmTraining(tf);

const {layers} = tf;
const model = tf.sequential({layers: [layers.inputLayer({inputShape: [...cifar10.shape]})]});
for (const [i, filters] of [16, 32, 64].entries()) {
  for (const half of ['a', 'b']) {
    const convolution = {filters, kernelSize: 3, padding: 'same', activation: 'relu'} as const;
    model.add(layers.conv2d({name: `conv_${i + 1}${half}`, ...convolution}));
    model.add(layers.batchNormalization({name: `norm_${i + 1}${half}`}));
  }
  model.add(layers.maxPooling2d({name: `pool_${i + 1}`, poolSize: 2}));
  model.add(layers.dropout({rate: 0.2}));
}
model.add(layers.flatten());
model.add(layers.dense({name: 'dense', units: 128, activation: 'relu'}));
model.add(layers.dense({name: 'classes', units: 10, activation: 'softmax'}));
model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});

const train = await cifar10.load('train', Number(IMAGES), {seed: 1});
const xs = tf.tensor4d(train.xs, [train.labels.length, ...cifar10.shape]);
const ys = tf.oneHot(train.labels, 10);
const test = await cifar10.load('test', 1000, {seed: 1});

const slicer = cnnSlicer(tf, 'runs/cifar10', {
  probe: {...test, classNames: cifar10.classNames},
  evaluation: test, // the confusion matrix counts all of them, the activations are those of the 256 drawn
  layers: /conv|dense|classes/, // not the normalised and pooled copies
  everyEpochs: 2, // t = 0, 2, 4, … and the last
  dtype: 'float16', // half the disk
});
const report = new tf.CustomCallback({
  onEpochEnd: (epoch, logs) => console.log(`epoch ${epoch + 1}: accuracy ${logs?.['acc']?.toFixed(3)}`),
});
await model.fit(xs, ys, {epochs: Number(EPOCHS), callbacks: [slicer, report]});
await slicer.finished;

const run = await openCube(slicer.dir);
const last = (await run.epochs()).at(-1);
for (const {name} of run.info.layers.filter(layer => layer.className === 'Conv2D').slice(1)) {
  const capacity = `C(dCNN(*, conv_1a, *, ${last}), dCNN(*, ${name}, *, ${last}))`;
  const [mean] = resultRows(await run.query(`mean(${capacity} over channel)`));
  console.log(`${name} shares ${Number(mean?.['bits']).toFixed(3)} bits a channel pair with conv_1a`);
}
await run.close();
