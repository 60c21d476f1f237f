import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {deconvnet} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {seedWeights} from '../support/deconvnet-reference.js';
import {backends, loadNative} from '../support/native.js';
import {randomValues, relativeError} from '../support/wasm-training.js';

const {layers} = tf;
type DataFormat = 'channelsFirst' | 'channelsLast';

test.before(async () => {
  await loadNative();
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
});

/**
 * Layers as they are made for a data format; each is between two convolutions, or if it is global
 * before a dense layer. Two are missing because tfjs 4.22
 * cannot run them: a separable convolution, whose bias does not fit, and batch normalization over axis 1, which is another
 * function on cpu and wasm.
 */
const cases: {title: string; layer: (dataFormat: DataFormat) => tf.layers.Layer; isGlobal?: true}[] = [
  {
    title: 'a strided convolution',
    layer: dataFormat =>
      layers.conv2d({dataFormat, filters: 5, kernelSize: 3, strides: 2, activation: 'tanh'}),
  },
  {
    title: 'a dilated convolution',
    layer: dataFormat => layers.conv2d({dataFormat, filters: 5, kernelSize: 3, dilationRate: 2}),
  },
  {
    title: 'a depthwise convolution',
    layer: dataFormat => layers.depthwiseConv2d({dataFormat, kernelSize: 3, depthMultiplier: 2}),
  },
  {
    title: 'a transposed convolution',
    layer: dataFormat => layers.conv2dTranspose({dataFormat, filters: 3, kernelSize: 3, strides: 2}),
  },
  {title: 'max pooling', layer: dataFormat => layers.maxPooling2d({dataFormat, poolSize: 2})},
  {
    title: 'padded max pooling',
    layer: dataFormat => layers.maxPooling2d({dataFormat, poolSize: 3, strides: 2, padding: 'same'}),
  },
  {title: 'average pooling', layer: dataFormat => layers.averagePooling2d({dataFormat, poolSize: 2})},
  {
    title: 'padded average pooling',
    layer: dataFormat => layers.averagePooling2d({dataFormat, poolSize: 3, strides: 2, padding: 'same'}),
  },
  {title: 'upsampling', layer: dataFormat => layers.upSampling2d({dataFormat, size: [2, 2]})},
  {title: 'zero padding', layer: dataFormat => layers.zeroPadding2d({dataFormat, padding: [1, 2]})},
  {
    title: 'global max pooling',
    layer: dataFormat => layers.globalMaxPooling2d({dataFormat}),
    isGlobal: true,
  },
  {
    title: 'global average pooling',
    layer: dataFormat => layers.globalAveragePooling2d({dataFormat}),
    isGlobal: true,
  },
  {title: 'a leaky unit', layer: () => layers.leakyReLU()},
];

function modelOf(dataFormat: DataFormat, {layer, isGlobal}: (typeof cases)[number]): tf.LayersModel {
  const conv = (name: string, more: object = {}) =>
    layers.conv2d({
      name,
      dataFormat,
      filters: 4,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      ...more,
    });
  const inputShape = dataFormat === 'channelsFirst' ? [3, 7, 9] : [7, 9, 3];
  const after = isGlobal ? layers.dense({name: 'after', units: 2}) : conv('after', {filters: 2});
  return tf.sequential({layers: [conv('before', {inputShape}), layer(dataFormat), after]});
}

for (const backend of backends) {
  for (const layer of cases) {
    test.serial(`${backend}: back through ${layer.title}, channels first and last give the same`, async t => {
      await tf.setBackend(backend);
      const last = modelOf('channelsLast', layer);
      const first = modelOf('channelsFirst', layer);
      seedWeights(last);
      first.setWeights(last.getWeights());
      const images = randomValues(3, [2, 7, 9, 3]);
      const planes = tf.transpose(images, [0, 3, 1, 2]);
      const expected = await deconvnet(tf, last, images, {layer: 'after'});
      const actual = await deconvnet(tf, first, planes, {layer: 'after'});
      t.deepEqual(actual.mapShape, expected.mapShape);
      t.true(relativeError(actual.maps, expected.maps) < 1e-5);
      const [images1, images2] = [actual.inputs[0], expected.inputs[0]];
      t.deepEqual(images1?.shape, [7, 9, 3]);
      t.true(images2?.values.some(value => value !== 0));
      const error = relativeError(images1?.values ?? [], images2?.values ?? []);
      t.true(error < 1e-5, `relative error ${error}`);
      tf.dispose([images, planes]);
      first.dispose();
      last.dispose();
    });
  }
}
