import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import type {LinearMap} from '#src/deconvnet/linear-map.js';
import {linearMapOf} from '#src/deconvnet/linear-map-of.js';
import {allChannels, oneChannel} from '#src/deconvnet/signal.js';
import type {DeconvnetTensorFlow} from '#src/deconvnet/tensorflow.js';
import type {Layer, Tensor} from '#src/model/tensorflow.js';
import {allCloseTo, closeTo} from '../support/close-to.js';
import {randomValues} from '../support/wasm-training.js';

const {layers} = tf;
const deconvnetTf = tf as unknown as DeconvnetTensorFlow;
const image = [6, 7, 4];
const steps = [9, 4];

interface Case {
  title: string;
  make: () => tf.layers.Layer;
  shape: number[];
}

const kinds: Case[] = [
  {title: 'Dense', make: () => layers.dense({units: 5, useBias: false}), shape: [4]},
  {title: 'Dense, of steps', make: () => layers.dense({units: 3, useBias: false}), shape: steps},
  ...(['valid', 'same'] as const).flatMap(padding =>
    [1, 2, 3].map((strides): Case => {
      const make = () => layers.conv2d({filters: 5, kernelSize: [3, 2], strides, padding, useBias: false});
      return {title: `Conv2D, ${padding}, strides ${strides}`, make, shape: image};
    }),
  ),
  {
    title: 'Conv2D, same, dilation 2 and 1',
    make: () =>
      layers.conv2d({filters: 2, kernelSize: 3, dilationRate: [2, 1], padding: 'same', useBias: false}),
    shape: image,
  },
  {
    title: 'Conv2D, channels first',
    make: () => layers.conv2d({filters: 5, kernelSize: 3, dataFormat: 'channelsFirst', useBias: false}),
    shape: [4, 6, 7],
  },
  {
    title: 'Conv1D, strides 2',
    make: () => layers.conv1d({filters: 5, kernelSize: 3, strides: 2, useBias: false}),
    shape: steps,
  },
  ...(['valid', 'same'] as const).map((padding): Case => {
    const make = () =>
      layers.conv2dTranspose({filters: 3, kernelSize: 3, strides: 2, padding, useBias: false});
    return {title: `Conv2DTranspose, ${padding}`, make, shape: image};
  }),
  {
    title: 'DepthwiseConv2D, 2 a channel',
    make: () => layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, padding: 'same', useBias: false}),
    shape: image,
  },
  {
    title: 'SeparableConv2D, strides 2',
    make: () => layers.separableConv2d({filters: 3, kernelSize: 3, strides: 2, useBias: false}),
    shape: image,
  },
];

test.before(() => tf.setBackend('cpu'));

/** The map of a layer with seeded weights, a layer's input, and what the layer makes of it. */
function mapped({make, shape}: Case): {map: LinearMap; layer: tf.layers.Layer; x: Tensor; y: Tensor} {
  const layer = make();
  layer.build([null, ...shape]);
  layer.setWeights(layer.getWeights().map((weight, i) => randomValues(i + 3, weight.shape)));
  const map = linearMapOf(deconvnetTf, layer);
  if (map === null) throw new Error(`${layer.getClassName()} has no linear map.`);
  const x = randomValues(1, [2, ...shape]);
  return {map, layer, x: x, y: layer.apply(x) as unknown as Tensor};
}

const dot = (a: Tensor, b: Tensor) => tf.sum(tf.mul(a, b)).arraySync() as number;

function sameValues(t: ExecutionContext, actual: Tensor, expected: Tensor): void {
  t.deepEqual(actual.shape, expected.shape);
  allCloseTo(t, actual.dataSync(), expected.dataSync(), 1e-4);
}

for (const kind of kinds) {
  test.serial(`${kind.title}: the map is what the layer computes`, t => {
    tf.tidy(() => {
      const {map, x, y} = mapped(kind);
      sameValues(t, map.apply(x), y);
    });
  });

  test.serial(`${kind.title}: <A x, y> is <x, A' y>`, t => {
    tf.tidy(() => {
      const {map, x, y} = mapped(kind);
      const signal = randomValues(9, y.shape);
      const back = map.transpose({values: signal, channel: null}, x);
      t.deepEqual(back.shape, x.shape);
      const forward = dot(y, signal);
      closeTo(t, dot(x, back), forward, 1e-4 * Math.max(1, Math.abs(forward)));
    });
  });

  if (kind.title.includes('channels first')) continue; // its signal always has all channels
  test.serial(`${kind.title}: one channel alone goes back like all with the others zero`, t => {
    tf.tidy(() => {
      const {map, x, y} = mapped(kind);
      const channels = Number(y.shape.at(-1));
      const signal = randomValues(9, y.shape);
      for (let channel = 0; channel < channels; channel++) {
        const alone = {values: oneChannel(deconvnetTf, signal, channel), channel};
        const whole = {values: allChannels(deconvnetTf, alone, channels), channel: null};
        sameValues(t, map.transpose(alone, x), map.transpose(whole, x));
      }
    });
  });
}

test.serial('a layer that is not linear in its weights has no map', t => {
  for (const layer of [
    layers.maxPooling2d({poolSize: 2}),
    layers.reLU(),
    layers.flatten(),
    layers.dropout({rate: 0.5}),
  ])
    t.is(linearMapOf(deconvnetTf, layer as unknown as Layer), null, layer.getClassName());
});

test('the channels of a signal are put back where they were, the absent ones zero', t => {
  tf.tidy(() => {
    const values = randomValues(4, [2, 3, 5]);
    const alone = oneChannel(deconvnetTf, values, 3);
    t.deepEqual(alone.shape, [2, 3, 1]);
    const all = allChannels(deconvnetTf, {values: alone, channel: 3}, 5);
    t.deepEqual(all.shape, [2, 3, 5]);
    const expected = Array.from(values.dataSync(), (value, i) => (i % 5 === 3 ? value : 0));
    t.deepEqual([...all.dataSync()], expected);
  });
});
