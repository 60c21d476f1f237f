import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {deconvnet} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {reference, seededSamples, seedWeights, stack, type Sample} from '../support/deconvnet-reference.js';
import {backends, loadNative} from '../support/native.js';
import {relativeError} from '../support/wasm-training.js';

const {layers} = tf;
const name = 'layer';
const image = [6, 7, 4];
const steps = [9, 4];

interface Case {
  title: string;
  layer: () => tf.layers.Layer;
  /** Of what the layer takes; default an image. */
  shape?: number[];
}

const conv = (options: object) => () => layers.conv2d({name, filters: 5, kernelSize: 3, ...options});
const activations = ['relu', 'relu6', 'elu', 'selu', 'softplus', 'swish', 'mish', 'gelu', 'gelu_new', 'sigmoid', 'tanh'] as const; // prettier-ignore

const cases: Case[] = [
  {title: 'a convolution, valid', layer: conv({})},
  {title: 'a convolution, same', layer: conv({padding: 'same', useBias: false})},
  {title: 'a convolution with strides 2, valid', layer: conv({strides: 2})},
  {title: 'a convolution with strides 2 and 1, same', layer: conv({strides: [2, 1], padding: 'same'})},
  {title: 'a convolution with an even kernel, same', layer: conv({kernelSize: [2, 4], padding: 'same'})},
  {title: 'a convolution with dilation 2, valid', layer: conv({dilationRate: 2})},
  {title: 'a convolution with dilation 2 and 1, same', layer: conv({dilationRate: [2, 1], padding: 'same'})},
  {title: 'a convolution with dilation 2 and tanh', layer: conv({dilationRate: 2, activation: 'tanh'})},
  ...activations.map(activation => ({title: `a convolution with ${activation}`, layer: conv({activation})})),
  {
    title: 'a depthwise convolution',
    layer: () => layers.depthwiseConv2d({name, kernelSize: 3, depthMultiplier: 2, activation: 'relu'}),
  },
  {
    title: 'a depthwise convolution with strides 2, same',
    layer: () => layers.depthwiseConv2d({name, kernelSize: 3, strides: 2, padding: 'same'}),
  },
  {
    title: 'a separable convolution',
    layer: () => layers.separableConv2d({name, filters: 3, kernelSize: 3, depthMultiplier: 2, strides: 2}),
  },
  {
    title: 'a separable convolution with dilation 2 and relu',
    layer: () =>
      layers.separableConv2d({
        name,
        filters: 3,
        kernelSize: 3,
        dilationRate: 2,
        activation: 'relu',
        padding: 'same',
      }),
  },
  {
    title: 'a transposed convolution, same',
    layer: () => layers.conv2dTranspose({name, filters: 3, kernelSize: 3, strides: 2, padding: 'same'}),
  },
  {
    title: 'a transposed convolution with gaps, valid, relu',
    layer: () => layers.conv2dTranspose({name, filters: 3, kernelSize: 2, strides: 3, activation: 'relu'}),
  },
  {
    title: 'a transposed convolution with tanh, valid',
    layer: () => layers.conv2dTranspose({name, filters: 3, kernelSize: 3, strides: 2, activation: 'tanh'}),
  },
  {
    title: 'a depthwise convolution with sigmoid',
    layer: () => layers.depthwiseConv2d({name, kernelSize: 3, activation: 'sigmoid'}),
  },
  {
    title: 'a separable convolution with tanh',
    layer: () =>
      layers.separableConv2d({name, filters: 3, kernelSize: 3, dilationRate: 2, activation: 'tanh'}),
  },
  {
    title: 'a convolution of steps with dilation 2 and sigmoid',
    layer: () => layers.conv1d({name, filters: 3, kernelSize: 3, dilationRate: 2, activation: 'sigmoid'}),
    shape: steps,
  },
  {
    title: 'a convolution of steps',
    layer: () => layers.conv1d({name, filters: 3, kernelSize: 3}),
    shape: steps,
  },
  {
    title: 'a convolution of steps with strides 2 and relu, same',
    layer: () =>
      layers.conv1d({name, filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu'}),
    shape: steps,
  },
  {
    title: 'a convolution of steps with dilation 2',
    layer: () => layers.conv1d({name, filters: 3, kernelSize: 3, dilationRate: 2}),
    shape: steps,
  },
  {title: 'a dense layer', layer: () => layers.dense({name, units: 3}), shape: [10]},
  {
    title: 'a dense layer with relu',
    layer: () => layers.dense({name, units: 3, activation: 'relu'}),
    shape: [10],
  },
  {
    title: 'a dense layer with sigmoid',
    layer: () => layers.dense({name, units: 3, activation: 'sigmoid'}),
    shape: [10],
  },
  {title: 'a dense layer over pixels', layer: () => layers.dense({name, units: 3, activation: 'relu'})},
  {title: 'batch normalization', layer: () => layers.batchNormalization({name})},
  {
    title: 'batch normalization without scale',
    layer: () => layers.batchNormalization({name, scale: false, epsilon: 0.1}),
  },
  {title: 'max pooling', layer: () => layers.maxPooling2d({name, poolSize: 2})},
  {
    title: 'overlapping max pooling, same',
    layer: () => layers.maxPooling2d({name, poolSize: [3, 2], strides: 2, padding: 'same'}),
  },
  {title: 'max pooling of steps', layer: () => layers.maxPooling1d({name, poolSize: 2}), shape: steps},
  {
    title: 'global max pooling',
    layer: () => layers.globalMaxPooling2d({name}),
  },
  {title: 'average pooling', layer: () => layers.averagePooling2d({name, poolSize: 2})},
  {
    title: 'overlapping average pooling, same',
    layer: () => layers.averagePooling2d({name, poolSize: 3, strides: 2, padding: 'same'}),
  },
  {
    title: 'global average pooling',
    layer: () => layers.globalAveragePooling2d({name}),
  },
  {
    title: 'global average pooling of steps',
    layer: () => layers.globalAveragePooling1d({name}),
    shape: steps,
  },
  {title: 'a ReLU layer', layer: () => layers.reLU({name})},
  {title: 'a ReLU layer with a maximum', layer: () => layers.reLU({name, maxValue: 0.5})},
  {title: 'a LeakyReLU layer', layer: () => layers.leakyReLU({name})},
  {title: 'a PReLU layer', layer: () => layers.prelu({name})},
  {title: 'an ELU layer', layer: () => layers.elu({name})},
  {title: 'a ThresholdedReLU layer', layer: () => layers.thresholdedReLU({name, theta: 0.3})},
  {title: 'a relu activation layer', layer: () => layers.activation({name, activation: 'relu'})},
  {title: 'dropout', layer: () => layers.dropout({name, rate: 0.5})},
  {title: 'zero padding', layer: () => layers.zeroPadding2d({name, padding: [[1, 0], [2, 1]]})}, // prettier-ignore
  {title: 'cropping', layer: () => layers.cropping2D({name, cropping: [[1, 0], [2, 1]]})}, // prettier-ignore
  {title: 'upsampling', layer: () => layers.upSampling2d({name, size: [2, 3]})},
  {title: 'a permutation', layer: () => layers.permute({name, dims: [3, 1, 2]})},
  {title: 'a reshape', layer: () => layers.reshape({name, targetShape: [3, 14, 4]})},
  {title: 'flattening', layer: () => layers.flatten({name}), shape: [3, 4, 2]},
  {
    title: 'a layer at each step',
    layer: () => layers.timeDistributed({name, layer: layers.dense({units: 3})}),
    shape: steps,
  },
];

/** stem (a filter of any rank, relu) -> the layer -> head (one pixel at a time, no activation). */
function sandwich({layer, shape = image}: Case): tf.Sequential {
  const channels = shape.at(-1) as number;
  const filter = (rank: number, options: {name: string; size: number; filters: number} & object) => {
    const {size, filters, ...rest} = options;
    if (rank === 1) return layers.dense({units: filters, ...rest});
    const convolution = {filters, kernelSize: size, padding: 'same' as const, ...rest};
    return rank === 2 ? layers.conv1d(convolution) : layers.conv2d(convolution);
  };
  const model = tf.sequential();
  const inputShape = [...shape.slice(0, -1), shape.length === 1 ? channels : 2];
  model.add(
    filter(shape.length, {name: 'stem', size: 3, filters: channels, activation: 'relu', inputShape} as never),
  );
  model.add(layer());
  model.add(filter((model.outputs[0]?.shape.length ?? 0) - 1, {name: 'head', size: 1, filters: 2}));
  seedWeights(model);
  return model;
}

async function use(backend: string): Promise<void> {
  await tf.setBackend(backend);
  if (backend === 'wasm') await enableWasmTraining(tf);
}

test.before(async () => {
  await loadNative();
  await use('cpu');
});

for (const item of cases) {
  test.serial(
    `goes back through ${item.title} as the definition says, on ${backends.join(', ')}`,
    async t => {
      const model = sandwich(item);
      const inputShape = model.inputs[0]?.shape.slice(1) as number[];
      const samples = seededSamples(3, inputShape);
      for (const target of [name, 'head']) {
        const path = model.layers.slice(0, model.layers.findIndex(layer => layer.name === target) + 1);
        const expected = expectedProjection(path, samples);
        t.true(expected.some(value => value !== 0));
        for (const backend of backends) {
          await use(backend);
          const xs = stack(samples);
          const before = tf.memory().numTensors;
          const {inputs, maps, mapShape, channels} = await deconvnet(tf, model, xs, {layer: target});
          t.is(tf.memory().numTensors, before);
          t.deepEqual(mapShape, path.at(-1)?.outputShape.slice(1, -1));
          t.is(maps.length, channels.length * 3 * tf.util.sizeFromShape(mapShape));
          t.deepEqual(inputs[0]?.shape, inputShape);
          const error = relativeError(inputs[0]?.values ?? [], expected);
          t.true(error < 2e-6, `${target} on ${backend}: ${error}`);
          xs.dispose();
        }
        await use('cpu');
      }
      model.dispose();
    },
  );
}

/** [channels, samples, ...input shape] */
function expectedProjection(path: tf.layers.Layer[], samples: Sample[]): number[] {
  const outputs = samples.map(x => reference.forward(path, x));
  const channels = outputs[0]?.shape.at(-1) ?? 0;
  return Array.from({length: channels}, (_, channel) =>
    outputs.map((output, i) => {
      const signal = reference.channel(output, channel);
      return Array.from(reference.back(path, samples[i] as Sample, signal));
    }),
  ).flat(2);
}
