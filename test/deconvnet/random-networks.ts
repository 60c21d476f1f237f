import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {deconvnet} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {seededRandom} from '#src/shared/index.js';
import {reference, seededSamples, seedWeights, stack} from '../support/deconvnet-reference.js';
import {drawFrom, type Draw} from '../support/random-layers/draw.js';
import {anyPadding} from '../support/random-layers/kind.js';
import {relativeError} from '../support/wasm-training.js';

const {layers} = tf;

/** One layer over images of some size that keeps at least one pixel. */
function anyLayer(draw: Draw, [height, width]: [number, number]): tf.layers.Layer {
  const padding = anyPadding(draw);
  const extent = (of: number) => draw.int(1, padding === 'valid' ? Math.min(3, of) : 3);
  const size: [number, number] = [extent(height), extent(width)];
  const strides: [number, number] = [draw.int(1, 2), draw.int(1, 2)];
  const activation = draw.pick(['relu', 'linear', 'tanh'] as const);
  const windows = {kernelSize: size, padding};
  return draw.pick([
    () => layers.conv2d({...windows, strides, activation, filters: draw.int(1, 4)}),
    () => layers.depthwiseConv2d({...windows, strides, depthMultiplier: draw.int(1, 2)}),
    () => layers.separableConv2d({...windows, strides, filters: draw.int(1, 4)}),
    () => layers.maxPooling2d({poolSize: size, strides, padding}),
    () => layers.averagePooling2d({poolSize: size, strides, padding}),
    () => layers.batchNormalization(),
  ])();
}

/** A convolution, one to three layers, and a convolution. */
function anyNetwork(draw: Draw, inputShape: [number, number, number]): tf.Sequential {
  const model = tf.sequential();
  model.add(layers.conv2d({inputShape, filters: draw.int(1, 4), kernelSize: [1, draw.int(1, 3)], strides: [draw.int(1, 2), 1], padding: 'same', activation: 'relu'})); // prettier-ignore
  for (let count = draw.int(1, 3); count > 0; count--) {
    const [, height, width] = model.outputs[0]?.shape as [null, number, number];
    model.add(anyLayer(draw, [height, width]));
  }
  model.add(layers.conv2d({name: 'top', filters: 2, kernelSize: [1, 1], strides: [1, 2], activation: 'relu'})); // prettier-ignore
  return model;
}

test.serial('on wasm, random networks are projected back as the definition says', async t => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  for (let seed = 1; seed <= 25; seed++) {
    const draw = drawFrom(seededRandom(seed));
    const shape: [number, number, number] = [draw.int(4, 7), draw.int(4, 7), draw.int(1, 2)];
    await tf.setBackend('cpu'); // of the reference's forward passes
    const model = anyNetwork(draw, shape);
    seedWeights(model, seed);
    const samples = seededSamples(2, shape, seed);
    const path = model.layers;
    const expected = samples.flatMap(sample => {
      const signal = reference.channel(reference.forward(path, sample), 1);
      return Array.from(reference.back(path, sample, signal));
    });
    await tf.setBackend('wasm');
    const images = stack(samples);
    const {inputs} = await deconvnet(tf, model, images, {layer: 'top', channels: [1]});
    const error = relativeError(inputs[0]?.values ?? [], expected);
    t.true(error < 1e-5, `seed ${seed}: relative error ${error}: ${path.map(layer => layer.getClassName()).join(', ')}`); // prettier-ignore
    images.dispose();
    model.dispose();
  }
});
