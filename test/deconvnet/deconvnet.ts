import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {deconvnet} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {seededSamples, seedWeights, stack} from '../support/deconvnet-reference.js';
import {tinyCnn, tinyTensors} from '../support/models.js';
import {backends, loadNative} from '../support/native.js';
import {relativeError} from '../support/wasm-training.js';

const {layers} = tf;

test.beforeEach(async () => {
  await tf.setBackend('cpu');
});

/** relu(x * scale), written by hand as users do: only the kernel Relu inside it tells that it rectifies. */
class ScaledRelu extends tf.layers.Layer {
  static className = 'ScaledRelu';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.relu(Array.isArray(inputs) ? inputs[0]! : inputs).mul(2));
  }
}

/** 1 where positive: tfjs has no gradient of a comparison. */
class Sign extends tf.layers.Layer {
  static className = 'Sign';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.greater(Array.isArray(inputs) ? inputs[0]! : inputs, 0).toFloat());
  }
}

/** A convolution of one pixel with given weights, [in, out], and no bias. */
function pixelwise(weights: number[][], options: object = {}): tf.layers.Layer {
  const filters = weights[0]?.length ?? 0;
  return layers.conv2d({
    filters,
    kernelSize: 1,
    useBias: false,
    weights: [tf.tensor([[weights]])],
    ...options,
  });
}

const rectifiers = ['Relu', 'Relu6', 'LeakyRelu', 'Prelu', 'Elu', 'Selu'];

test.serial('puts values back where the maxima were, ties to the first', async t => {
  const model = tf.sequential({
    layers: [layers.maxPooling2d({name: 'pool', inputShape: [4, 4, 1], poolSize: 2})],
  });
  const x = [
    1, 2, 5, 5,
    4, 3, 0, 5,
    -1, -2, 7, 8,
    -3, -1, 9, 9,
  ]; // prettier-ignore
  const expected = [
    0, 0, 5, 0,
    4, 0, 0, 0,
    -1, 0, 0, 0,
    0, 0, 9, 0,
  ]; // prettier-ignore
  await loadNative();
  for (const backend of backends) {
    await tf.setBackend(backend);
    if (backend === 'wasm') await enableWasmTraining(tf);
    const {inputs, maps, mapShape} = await deconvnet(tf, model, tf.tensor(x, [1, 4, 4, 1]), {layer: 'pool'});
    t.deepEqual(Array.from(inputs[0]?.values ?? []), expected);
    t.deepEqual([Array.from(maps), mapShape], [[4, 5, -1, 9], [2, 2]]); // prettier-ignore
  }
});

test.serial('puts the value of global max pooling back to the first of equal maxima', async t => {
  const model = tf.sequential({
    layers: [
      layers.globalMaxPooling2d({inputShape: [2, 2, 1], dataFormat: 'channelsLast'}),
      layers.dense({name: 'top', units: 1, weights: [tf.tensor([[2]]), tf.tensor([1])]}),
    ],
  });
  const {inputs} = await deconvnet(tf, model, tf.tensor([0, 3, 3, 1], [1, 2, 2, 1]), {layer: 'top'});
  t.deepEqual(Array.from(inputs[0]?.values ?? []), [0, 14, 0, 0]);
});

test.serial(
  'asks for the kernels of cnnslicer/wasm, and for tensors and models of the tfjs it is given',
  async t => {
    const model = tinyCnn(tf);
    const {xs} = tinyTensors(tf, 1);
    const bare = {...tf, getBackend: () => 'wasm', getKernel: () => undefined} as unknown as typeof tf;
    await t.throwsAsync(deconvnet(bare, model, xs, {layer: 'conv'}), {
      message:
        "deconvnet: the wasm backend lacks gradient kernels; import {enableWasmTraining} from 'cnnslicer/wasm' and " +
        'await enableWasmTraining(tf) first.',
    });
    await t.throwsAsync(
      deconvnet({...tf, LayersModel: class {}} as unknown as typeof tf, model, xs, {layer: 'conv'}),
      {
        instanceOf: TypeError,
        message: /^deconvnet: model must be a LayersModel of the TensorFlow.js that is passed; .+$/,
      },
    );
    await t.throwsAsync(deconvnet(tf, model, new Float32Array(64) as unknown as tf.Tensor, {layer: 'conv'}), {
      instanceOf: TypeError,
      message: 'deconvnet: xs must be tensors, one for each input of the model, got object for "conv_input".',
    });
  },
);

test.serial('rectifies what comes back at a relu, whatever went forward there', async t => {
  const negative = tf.sequential({
    layers: [
      pixelwise([[1, 2]], {inputShape: [1, 1, 1], activation: 'relu'}),
      pixelwise([[-1], [1]], {name: 'top'}),
    ],
  });
  const one = await deconvnet(tf, negative, tf.tensor([1], [1, 1, 1, 1]), {layer: 'top'});
  // Forward 1 -> (1, 2) -> 1; back 1 -> (-1, 1) -> rectified (0, 1) -> 2, where the gradient would be 1.
  t.deepEqual(Array.from(one.maps), [1]);
  t.deepEqual(Array.from(one.inputs[0]?.values ?? []), [2]);

  const silent = tf.sequential({
    layers: [
      pixelwise([[1]], {inputShape: [1, 1, 1], activation: 'relu'}),
      layers.conv2d({
        name: 'top',
        filters: 1,
        kernelSize: 1,
        weights: [tf.ones([1, 1, 1, 1]), tf.tensor1d([3])],
      }),
    ],
  });
  const through = await deconvnet(tf, silent, tf.tensor([-5], [1, 1, 1, 1]), {layer: 'top'});
  t.deepEqual(Array.from(through.inputs[0]?.values ?? []), [3], 'the gradient would be 0');
});

test.serial(
  'is the transposed matrix of a linear network, and the sum over its channels that of all',
  async t => {
    const model = tf.sequential({
      layers: [
        layers.conv2d({
          inputShape: [5, 5, 2],
          filters: 3,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
          useBias: false,
        }),
        layers.averagePooling2d({poolSize: 2, strides: 1}),
        layers.conv2d({name: 'top', filters: 4, kernelSize: 2, useBias: false}),
      ],
    });
    seedWeights(model);
    const xs = stack(seededSamples(2, [5, 5, 2]));
    const {inputs} = await deconvnet(tf, model, xs, {layer: 'top'});
    const [ours, transposed] = tf.tidy(() => {
      const matrix = (model.predict(tf.eye(50).reshape([50, 5, 5, 2])) as tf.Tensor).reshape([50, -1]);
      const outputs = (model.predict(xs) as tf.Tensor).reshape([2, -1]);
      const sum = tf.tensor(inputs[0]?.values ?? [], [4, 2, 50]).sum(0);
      return [sum.dataSync(), tf.matMul(outputs, matrix, false, true).dataSync()];
    });
    t.true(relativeError(ours ?? [], transposed ?? []) < 1e-6);
  },
);

test.serial(
  'gives a channel the same values, bit for bit, alone as among all, in the order asked for',
  async t => {
    const model = tinyCnn(tf);
    const {xs} = tinyTensors(tf, 4);
    for (const layer of ['conv', 'pool', 'dense']) {
      const all = await deconvnet(tf, model, xs, {layer});
      const some = await deconvnet(tf, model, xs, {layer, channels: [2, 0]});
      t.deepEqual(some.channels, [2, 0]);
      const [size, mapSize] = [4 * 64, all.maps.length / all.channels.length];
      for (const [position, channel] of some.channels.entries()) {
        const at = <A extends Float32Array>(values: A | undefined, i: number, n: number) => values?.slice(i * n, (i + 1) * n); // prettier-ignore
        t.deepEqual(at(some.inputs[0]?.values, position, size), at(all.inputs[0]?.values, channel, size));
        t.deepEqual(at(some.maps, position, mapSize), at(all.maps, channel, mapSize));
      }
    }
  },
);

test.serial('gives the maps of the layer beside the projections, channel by channel', async t => {
  const model = tinyCnn(tf);
  const {xs} = tinyTensors(tf, 3);
  const {maps, mapShape} = await deconvnet(tf, model, xs, {layer: 'conv'});
  const expected = tf.tidy(() => {
    const conv = tf.model({inputs: model.inputs, outputs: model.getLayer('conv').output});
    return (conv.predict(xs) as tf.Tensor).transpose([3, 0, 1, 2]).dataSync();
  });
  t.deepEqual([maps, mapShape], [expected, [6, 6]]);
});

test.serial('does not depend on how many samples are taken at a time', async t => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  // 2.3 MB forward a sample: 40 of them do not fit the limit of one pass.
  const model = tf.sequential({
    layers: [
      layers.conv2d({inputShape: [256, 256, 1], filters: 8, kernelSize: 3, activation: 'relu', name: 'conv'}),
    ],
  });
  seedWeights(model);
  const xs = tf.randomUniform([40, 256, 256, 1], 0, 1, 'float32', 3);
  const {inputs} = await deconvnet(tf, model, xs, {layer: 'conv', channels: [5]});
  for (const sample of [0, 27, 39]) {
    const x = xs.slice([sample, 0, 0, 0], [1, -1, -1, -1]);
    const alone = await deconvnet(tf, model, x, {layer: 'conv', channels: [5]});
    const values = inputs[0]?.values.subarray(sample * 65536, (sample + 1) * 65536) ?? [];
    t.true(relativeError(values, alone.inputs[0]?.values ?? []) < 1e-6);
    x.dispose();
  }
  xs.dispose();
  model.dispose();
});

test.serial('takes integer images where the model wants floats', async t => {
  const model = tinyCnn(tf);
  const bytes = tf.range(0, 64, 1, 'int32').reshape([1, 8, 8, 1]);
  const integers = await deconvnet(tf, model, bytes, {layer: 'conv'});
  const floats = await deconvnet(tf, model, bytes.toFloat(), {layer: 'conv'});
  t.deepEqual(integers.inputs, floats.inputs);
});

test.serial('rectifies inside layers it does not know, and puts the gradients of tfjs back', async t => {
  const model = tf.sequential({
    layers: [
      pixelwise([[1, 1]], {inputShape: [1, 1, 1]}),
      new ScaledRelu({}),
      pixelwise([[3], [-4]], {name: 'top', useBias: false}),
    ],
  });
  const originals = rectifiers.map(name => tf.getGradient(name));
  const {inputs, maps} = await deconvnet(tf, model, tf.tensor([1], [1, 1, 1, 1]), {layer: 'top'});
  // 1 -> (1, 1) -> (2, 2) -> -2; back: (-6, 8) -> (-12, 16) -> rectified (0, 16) -> 16, where the gradient would be 4.
  t.deepEqual(Array.from(maps), [-2]);
  t.deepEqual(Array.from(inputs[0]?.values ?? []), [16]);
  t.true(rectifiers.every((name, i) => tf.getGradient(name) === originals[i]));
});

test.serial(
  'names a layer without a gradient, puts the gradients of tfjs back, and leaks nothing',
  async t => {
    const model = tf.sequential({
      layers: [new Sign({name: 'sign', inputShape: [2, 2, 1]}), pixelwise([[1]], {name: 'top'})],
    });
    const originals = rectifiers.map(name => tf.getGradient(name));
    const x = tf.ones([1, 2, 2, 1]);
    const before = tf.memory().numTensors;
    await t.throwsAsync(deconvnet(tf, model, x, {layer: 'top'}), {
      message: /^deconvnet: layer "sign" \(Sign\) passes nothing back to its input: .+$/,
    });
    t.is(tf.memory().numTensors, before);
    t.true(rectifiers.every((name, i) => tf.getGradient(name) === originals[i]));
  },
);

test.serial('leaves a training that runs meanwhile as it would be alone', async t => {
  const train = async (during: () => Promise<unknown>) => {
    const model = tf.sequential({
      layers: [
        pixelwise([[0.3, -0.2]], {inputShape: [2, 2, 1]}),
        new ScaledRelu({}),
        layers.flatten(),
        layers.dense({units: 1, kernelInitializer: 'ones'}),
      ],
    });
    model.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError'});
    const xs = stack(seededSamples(32, [2, 2, 1]));
    const [{history}] = await Promise.all([
      model.fit(xs, tf.ones([32, 1]), {
        epochs: 8,
        batchSize: 4,
        shuffle: false,
        verbose: 0,
        yieldEvery: 'batch',
      }),
      during(),
    ]);
    return history['loss'];
  };
  const other = tf.sequential({
    layers: [pixelwise([[1, -1]], {inputShape: [2, 2, 1]}), new ScaledRelu({}), pixelwise([[1, 2], [3, 4]], {name: 'top'})], // prettier-ignore
  });
  const alone = await train(() => Promise.resolve());
  let projections = 0;
  const beside = await train(async () => {
    for (; projections < 20; projections++) await deconvnet(tf, other, tf.ones([1, 2, 2, 1]), {layer: 'top'});
  });
  t.is(projections, 20);
  t.deepEqual(beside, alone);
});
