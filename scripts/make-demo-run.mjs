// The small run that is committed for pictures and the bench's smoke: node scripts/make-demo-run.mjs [FOLDER], after a
// build. Real digits, a model of few channels that trains on them for five epochs; 60 probe samples, the maps of 15 stored in half
// precision; and every derived table, so that opening it computes nothing.
import {execFileSync} from 'node:child_process';
import {rmSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {cnnSlicer} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {mnist} from 'cnnslicer/datasets';

const [folder = 'test/fixtures/demo-run'] = process.argv.slice(2);
const seed = 1;

await tf.setBackend('wasm');
await enableWasmTraining(tf);
const tensors = ({xs, labels}) => [
  tf.tensor4d(xs, [labels.length, 28, 28, 1]),
  tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat(),
];
const [xs, ys] = tensors(await mnist.load('train', 400, {seed}));
const probe = await mnist.load('test', 60, {seed});

rmSync(folder, {recursive: true, force: true});
const slicer = cnnSlicer(tf, folder, {
  probe,
  samples: 60,
  dtype: 'float16',
  activations: {samples: 15},
  layers: [/^conv2d/, /^dense/],
  tensorboard: false,
  strict: true,
});
await smallModel().fit(xs, ys, {
  epochs: 5,
  shuffle: false,
  validationData: tensors(probe),
  verbose: 0,
  callbacks: slicer,
});
await slicer.finished;
execFileSync(
  process.execPath,
  [
    'dist/bundled/cnnslicer.js',
    'analyze',
    basename(folder),
    '--logdir',
    dirname(folder),
    '--pairs',
    'all',
    '--quiet',
  ],
  {stdio: 'inherit'},
);
console.log(`The run is in ${folder}.`);

function smallModel() {
  const {layers} = tf;
  const initializer = number => ({kernelInitializer: tf.initializers.glorotUniform({seed: number})});
  const convolution = {kernelSize: 3, activation: 'relu'};
  const model = tf.sequential({
    name: 'small-digits',
    layers: [
      layers.conv2d({
        name: 'conv2d_1',
        inputShape: [28, 28, 1],
        filters: 8,
        ...convolution,
        ...initializer(1),
      }),
      layers.maxPooling2d({name: 'max_pooling2d_1', poolSize: 2}),
      layers.conv2d({name: 'conv2d_2', filters: 16, ...convolution, ...initializer(2)}),
      layers.maxPooling2d({name: 'max_pooling2d_2', poolSize: 2}),
      layers.flatten({name: 'flatten'}),
      layers.dense({name: 'dense_1', units: 32, activation: 'relu', ...initializer(3)}),
      layers.dense({name: 'dense_2', units: 10, activation: 'softmax', ...initializer(4)}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.002), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}
