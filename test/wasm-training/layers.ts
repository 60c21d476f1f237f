import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {on, randomValues, worstError} from '../support/wasm-training.js';

interface Stack {
  shape: number[];
  layers: () => tf.layers.Layer[];
  /** The input holds indices below this instead of values in [-1, 1). */
  indices?: number;
}

const {layers} = tf;
const uniform = () => tf.initializers.randomUniform({minval: -0.5, maxval: 0.5, seed: 3});
const conv = () => layers.conv2d({filters: 4, kernelSize: 3, kernelInitializer: uniform(), useBias: false});
const dense = (units: number, activation?: string) =>
  layers.dense({
    units,
    kernelInitializer: uniform(),
    ...(activation ? {activation: activation as 'relu'} : {}),
  });
const recurrent = {units: 4, kernelInitializer: uniform(), recurrentInitializer: uniform()};
const image = [8, 8, 3];

const stacks: Record<string, Stack> = {
  conv1d: {
    shape: [12, 3],
    layers: () => [layers.conv1d({filters: 4, kernelSize: 3, kernelInitializer: uniform()})],
  },
  conv2d: {shape: image, layers: () => [layers.conv2d({filters: 5, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer: uniform(), activation: 'relu'})]}, // prettier-ignore
  conv3d: {shape: [5, 5, 5, 2], layers: () => [layers.conv3d({filters: 3, kernelSize: 2, kernelInitializer: uniform()})]}, // prettier-ignore
  conv2dTranspose: {shape: [6, 6, 3], layers: () => [layers.conv2dTranspose({filters: 4, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer: uniform()})]}, // prettier-ignore
  depthwiseConv2d: {shape: [9, 9, 3], layers: () => [layers.depthwiseConv2d({kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2, depthwiseInitializer: uniform()})]}, // prettier-ignore
  separableConv2d: {shape: image, layers: () => [layers.separableConv2d({filters: 5, kernelSize: 3, depthwiseInitializer: uniform(), pointwiseInitializer: uniform()})]}, // prettier-ignore
  maxPooling1d: {shape: [12, 3], layers: () => [layers.conv1d({filters: 4, kernelSize: 3, kernelInitializer: uniform()}), layers.maxPooling1d({poolSize: 2})]}, // prettier-ignore
  maxPooling2d: {
    shape: image,
    layers: () => [conv(), layers.maxPooling2d({poolSize: 3, strides: 2, padding: 'same'})],
  },
  maxPooling3d: {shape: [6, 6, 6, 2], layers: () => [layers.conv3d({filters: 3, kernelSize: 2, kernelInitializer: uniform()}), layers.maxPooling3d({poolSize: [2, 2, 2], strides: [2, 2, 2]} as never)]}, // prettier-ignore
  averagePooling3d: {
    shape: [6, 6, 6, 2],
    layers: () => [
      layers.conv3d({filters: 3, kernelSize: 2, kernelInitializer: uniform()}),
      layers.averagePooling3d({poolSize: [2, 2, 2], strides: [2, 2, 2]} as never),
    ],
  },
  averagePooling2d: {shape: image, layers: () => [conv(), layers.averagePooling2d({poolSize: 2})]},
  globalAveragePooling2d: {shape: image, layers: () => [conv(), layers.globalAveragePooling2d({})]},
  globalMaxPooling2d: {shape: image, layers: () => [conv(), layers.globalMaxPooling2d({})]},
  batchNormalization: {shape: image, layers: () => [conv(), layers.batchNormalization(), layers.activation({activation: 'relu'})]}, // prettier-ignore
  layerNormalization: {shape: image, layers: () => [conv(), layers.layerNormalization()]},
  prelu: {shape: image, layers: () => [conv(), layers.prelu({alphaInitializer: uniform()})]},
  leakyReLU: {
    shape: image,
    layers: () => [conv(), layers.leakyReLU()],
  },
  upSampling2d: {shape: [4, 4, 3], layers: () => [layers.upSampling2d({size: [2, 2]}), conv()]},
  upSampling2dBilinear: {shape: [4, 4, 3], layers: () => [conv(), layers.upSampling2d({size: [2, 2], interpolation: 'bilinear'}), layers.conv2d({filters: 2, kernelSize: 2, kernelInitializer: uniform()})]}, // prettier-ignore
  zeroPadding2d: {shape: [6, 6, 3], layers: () => [layers.zeroPadding2d({padding: 1}), conv()]},
  cropping2d: {shape: image, layers: () => [conv(), layers.cropping2D({cropping: [[1, 1], [0, 2]]})]}, // prettier-ignore
  reshapePermute: {shape: image, layers: () => [conv(), layers.reshape({targetShape: [36, 4]}), layers.permute({dims: [2, 1]}), layers.flatten(), dense(3)]}, // prettier-ignore
  repeatVector: {shape: [5], layers: () => [dense(4), layers.repeatVector({n: 3}), dense(2)]},
  dropout: {shape: [20], layers: () => [dense(9, 'relu'), layers.dropout({rate: 0.4, seed: 5}), dense(3)]},
  elu: {shape: [20], layers: () => [dense(9, 'elu'), dense(9, 'selu'), dense(3, 'softplus')]},
  swish: {shape: [20], layers: () => [dense(9, 'swish'), dense(9, 'gelu'), dense(4, 'softsign')]},
  hardSigmoid: {shape: [20], layers: () => [dense(9, 'hardSigmoid'), dense(9, 'relu6'), dense(4, 'tanh')]},
  softmax: {shape: [20], layers: () => [dense(7, 'sigmoid'), dense(3, 'softmax')]},
  embedding: {shape: [6], indices: 10, layers: () => [layers.embedding({inputDim: 10, outputDim: 4, embeddingsInitializer: uniform()}), layers.flatten(), dense(3)]}, // prettier-ignore
  maskedEmbedding: {shape: [6], indices: 10, layers: () => [layers.embedding({inputDim: 10, outputDim: 4, maskZero: true, embeddingsInitializer: uniform()}), layers.lstm(recurrent)]}, // prettier-ignore
  simpleRNN: {shape: [6, 3], layers: () => [layers.simpleRNN(recurrent)]},
  gru: {shape: [6, 3], layers: () => [layers.gru({...recurrent, resetAfter: false} as typeof recurrent)]},
  lstm: {
    shape: [6, 3],
    layers: () => [layers.lstm({...recurrent, returnSequences: true}), layers.lstm(recurrent)],
  },
  bidirectional: {shape: [6, 3], layers: () => [layers.bidirectional({layer: layers.lstm(recurrent), mergeMode: 'concat'})]}, // prettier-ignore
  timeDistributed: {shape: [4, 6], layers: () => [layers.timeDistributed({layer: dense(3)})]},
  convLstm2d: {shape: [3, 6, 6, 2], layers: () => [layers.convLstm2d({filters: 2, kernelSize: 3, kernelInitializer: uniform(), recurrentInitializer: uniform()})]}, // prettier-ignore
};

/** Loss, the gradient of every weight and the prediction of a stack with seeded weights. */
function trainStep({shape, layers, indices}: Stack): tf.Tensor[] {
  const input = tf.input({shape});
  let output: tf.SymbolicTensor = input;
  for (const layer of layers()) output = layer.apply(output) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: output});
  const values = randomValues(9, [4, ...shape]);
  const x =
    indices === undefined
      ? values
      : values
          .add(1)
          .mul(indices / 2)
          .floor();
  // tfjs keeps the variable behind a trainable weight out of its types.
  const variables = model.trainableWeights.map(weight => (weight as unknown as {val: tf.Variable}).val);
  const {value, grads} = tf.variableGrads(() => {
    const y = model.apply(x, {training: true}) as tf.Tensor;
    return y.mul(randomValues(11, y.shape)).sum<tf.Scalar>();
  }, variables);
  return [value, ...variables.map(({name}) => grads[name] as tf.Tensor), model.predict(x) as tf.Tensor];
}

test.before(async () => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
});

for (const [name, stack] of Object.entries(stacks)) {
  test.serial(
    `${name}: loss, every weight gradient and the prediction equal those of the cpu backend`,
    async t => {
      const step = () => trainStep(stack);
      const expected = await on('cpu', step);
      const actual = await on('wasm', step);
      t.true(expected.length > 2);
      t.true(worstError(actual, expected) < 1e-4, `relative error ${worstError(actual, expected)}`);
    },
  );
}
