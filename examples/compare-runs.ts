/**
 * The paper's first question: what does more data change? The same model, from the same weights, learns from a few and
 * from many digits; then the runs are compared, in the code here and all at once in the viewer.
 *
 *   npm run example compare-runs      then: npx cnnslicer view --logdir runs/compare
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer} from 'cnnslicer';
import {openCube, resultRows} from 'cnnslicer/analysis';
import {mnist} from 'cnnslicer/datasets';
import {enableWasmTraining} from 'cnnslicer/wasm';

const {SIZES = '100,500,2000', EPOCHS = '6'} = process.env;
const sizes = SIZES.split(',').map(Number);
const runOf = (images: number) => `runs/compare/${images}-images`;

await tf.setBackend('wasm');
await enableWasmTraining(tf);

/** The same seed gives the same initial weights, so that differences come from the data. */
function makeModel(seed: number): tf.Sequential {
  const {conv2d, maxPooling2d, flatten, dense} = tf.layers;
  const seeded = () => ({kernelInitializer: tf.initializers.heNormal({seed: seed++})});
  const relu = {kernelSize: 3, activation: 'relu'} as const;
  const model = tf.sequential({
    layers: [
      conv2d({name: 'conv_1', inputShape: [28, 28, 1], filters: 8, ...relu, ...seeded()}),
      maxPooling2d({name: 'pool_1', poolSize: 2}),
      conv2d({name: 'conv_2', filters: 16, ...relu, ...seeded()}),
      flatten(),
      dense({name: 'digits', units: 10, activation: 'softmax', ...seeded()}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

// One probe for all runs: entropies compare at equal samples only.
const probe = await mnist.load('test', 500, {seed: 1});
for (const images of sizes) {
  console.log(`training on ${images} images …`);
  const train = await mnist.load('train', images, {seed: 1});
  const xs = tf.tensor4d(train.xs, [train.labels.length, ...mnist.shape]);
  const slicer = cnnSlicer(tf, runOf(images), {probe, existing: 'overwrite'});
  await makeModel(7).fit(xs, tf.oneHot(train.labels, 10), {epochs: Number(EPOCHS), callbacks: slicer});
  await slicer.finished;
}

console.log('What a prediction leaves open about the label, bits, mean over the classes, by epoch:');
for (const images of sizes) {
  const run = await openCube(runOf(images));
  const rows = resultRows(await run.query('mean(H(label | y) over class)'));
  console.log(`${images} images:`, ...rows.map(({bits}) => Number(bits).toFixed(3)));
  await run.close();
}
