import * as tf from '@tensorflow/tfjs';
import type {Draw} from './draw.js';
import {anyActivation, inFormat, one, type DataFormat, type Kind} from './kind.js';
import {transposeOfForward} from './input-gradients.js';

const {layers} = tf;

const anyShape = ({int, pick}: Draw) =>
  pick([[int(4, 30)], [int(2, 8), int(4, 9)], [int(2, 7), int(2, 7), int(4, 9)]]);
const image = ({int}: Draw) => [int(2, 8), int(2, 8), int(1, 9)];

/** A layer that takes any shape. */
const plain =
  (make: (draw: Draw) => () => tf.layers.Layer, more: Partial<ReturnType<Kind>> = {}): Kind =>
  draw => ({shape: anyShape(draw), apply: one(make(draw)), ...more});

/** A layer over images with the channels first or last. */
function overImages(
  make: (draw: Draw, dataFormat: DataFormat) => () => tf.layers.Layer,
  more: Partial<ReturnType<Kind>> = {},
): Kind {
  return draw => {
    const dataFormat = draw.pick<DataFormat>(['channelsFirst', 'channelsLast']);
    const shape = inFormat(dataFormat, [draw.int(4, 8), draw.int(4, 8)], draw.int(1, 5));
    return {shape, apply: one(make(draw, dataFormat)), ...more};
  };
}

/** Two or three layers brought together. */
function merging(name: 'add' | 'average' | 'concatenate' | 'maximum' | 'minimum' | 'multiply'): Kind {
  return draw => {
    const [count, units] = [draw.int(2, 3), draw.int(1, 7)];
    return {
      shape: anyShape(draw),
      apply: input =>
        layers[name]().apply(
          Array.from({length: count}, () => layers.dense({units, activation: 'tanh'}).apply(input) as tf.SymbolicTensor), // prettier-ignore
        ) as tf.SymbolicTensor,
    };
  };
}

const dot: Kind = draw => {
  const [units, normalize] = [draw.int(2, 7), draw.flag()];
  return {
    shape: [draw.int(2, 9)],
    apply: input => {
      const sides = [0, 1].map(() => layers.dense({units, activation: 'tanh'}).apply(input));
      return layers.dot({axes: -1, normalize}).apply(sides as tf.SymbolicTensor[]) as tf.SymbolicTensor;
    },
  };
};

/** Batches and axes large enough that the normalized values depend on their input. */
const normalizations: Record<string, Kind> = {
  batchNormalization: draw => {
    const config = {epsilon: draw.pick([1e-3, 1e-2])};
    return {shape: anyShape(draw), apply: one(() => layers.batchNormalization(config)), training: true, batch: 5}; // prettier-ignore
  },
  layerNormalization: draw => {
    const shape = anyShape(draw);

    const config = {
      axis: shape.length > 1 && draw.flag() ? [shape.length - 1, shape.length] : -1,
      epsilon: draw.pick([1e-3, 1e-2]),
    };
    return {shape, apply: one(() => layers.layerNormalization(config))};
  },
};

const units: Record<string, Kind> = {
  dense: draw => {
    const config = {units: draw.int(1, 70), activation: anyActivation(draw) as 'relu', useBias: draw.flag()};
    return {shape: anyShape(draw), apply: one(() => layers.dense(config))};
  },
  denseSoftmax: plain(({int}) => {
    const count = int(2, 12);
    return () => layers.dense({units: count, activation: 'softmax'});
  }),
  activation: plain(draw => {
    const activation = anyActivation(draw) as 'relu';
    return () => layers.activation({activation});
  }),
  elu: plain(() => () => layers.elu()),
  leakyReLU: plain(({pick}) => {
    const alpha = pick([0, 0.1, 0.3]);
    return () => layers.leakyReLU({alpha});
  }),
  reLU: plain(({pick}) => {
    const maxValue = pick([1, 6]);
    return () => layers.reLU({maxValue});
  }),
  softmax: draw => {
    const shape = anyShape(draw);
    const axis = draw.pick([-1, shape.length]);
    return {shape, apply: one(() => layers.softmax({axis}))};
  },
  prelu: draw => {
    const sharedAxes = draw.pick([undefined, [1, 2]]);
    return {shape: image(draw), apply: one(() => layers.prelu(sharedAxes ? {sharedAxes} : {}))};
  },
  thresholdedReLU: plain(() => () => layers.thresholdedReLU({theta: 0.3}), {gradients: 'none'}),
  dropout: plain(() => () => layers.dropout({rate: 0.4})), // outside training: in it, it is random
};

const shapes: Record<string, Kind> = {
  flatten: overImages((_, dataFormat) => () => layers.flatten({dataFormat})),
  reshape: draw => {
    const shape = [draw.int(2, 5), draw.int(2, 6), draw.int(1, 4)] as const;
    const targetShape = draw.pick([[-1], [shape[0], -1], [shape[2], shape[1], shape[0]]]);
    return {shape: [...shape], apply: one(() => layers.reshape({targetShape}))};
  },
  permute: draw => {
    const dims = draw.pick([[3, 1, 2], [2, 1, 3], [3, 2, 1], [2, 3, 1], [1, 3, 2]]); // prettier-ignore
    return {shape: image(draw), apply: one(() => layers.permute({dims}))};
  },
  repeatVector: draw => {
    const n = draw.int(1, 4);
    return {shape: [draw.int(2, 9)], apply: one(() => layers.repeatVector({n}))};
  },
  zeroPadding2d: overImages(({int, flag}, dataFormat) => {
    const padding = flag() ? int(1, 2) : [[int(0, 2), int(0, 2)], [int(0, 2), int(0, 2)]]; // prettier-ignore
    return () => layers.zeroPadding2d({padding: padding as number, dataFormat});
  }),
  cropping2D: overImages(({int}, dataFormat) => {
    const cropping = [[int(0, 1), int(0, 2)], [int(0, 2), int(0, 1)]] as [[number, number], [number, number]]; // prettier-ignore
    return () => layers.cropping2D({cropping, dataFormat});
  }),
  upSampling2dNearest: overImages(
    ({int}, dataFormat) => {
      const size = [int(1, 3), int(1, 3)];
      return () => layers.upSampling2d({size, dataFormat});
    },
    {inputGradient: transposeOfForward},
  ),
  upSampling2dBilinear: overImages(
    ({int}, dataFormat) => {
      const size = [int(1, 3), int(1, 3)];
      return () => layers.upSampling2d({size, interpolation: 'bilinear', dataFormat});
    },
    {inputGradient: transposeOfForward},
  ),
  rescaling: plain(({normal}) => {
    const [scale, offset] = [normal(), normal()];
    return () => layers.rescaling({scale, offset});
  }),
};

export const others: Record<string, Kind> = {
  ...units,
  ...normalizations,
  ...shapes,
  add: merging('add'),
  average: merging('average'),
  concatenate: merging('concatenate'),
  maximum: merging('maximum'),
  minimum: merging('minimum'),
  multiply: merging('multiply'),
  dot,
};
