import * as tf from '@tensorflow/tfjs';
import {seededRandom} from '#src/shared/index.js';

type Layer = tf.layers.Layer;

/** One sample between two layers: its values, row-major, and their shape, batch left out. */
export interface Sample {
  shape: number[];
  values: ArrayLike<number>;
}

/**
 * Deconvnet projections from their definition, one sample and one layer at a time, in float64 and without any gradient
 * of tfjs: a linear part is the transpose of the matrix whose columns are the images of the unit vectors, max pooling
 * puts a value back to the first maximum of its window, and a rectifier passes what is positive.
 */
export const reference = {
  /** Through layers that follow each other, from the last one back. */
  back(layers: readonly Layer[], x: Sample, dy: ArrayLike<number>): ArrayLike<number> {
    const inputs = [x];
    for (const layer of layers.slice(0, -1)) inputs.push(forward(layer, inputs.at(-1) as Sample));
    return layers.reduceRight((signal, layer, i) => backThrough(layer, inputs[i] as Sample, signal), dy);
  },
  /** What layers that follow each other make of a sample. */
  forward: (layers: readonly Layer[], x: Sample): Sample =>
    layers.reduce((sample, layer) => forward(layer, sample), x),
  /** The values of one channel, the others 0. */
  channel({values, shape}: Sample, channel: number): number[] {
    const channels = shape.at(-1) as number;
    return Array.from(values, (value, i) => (i % channels === channel ? value : 0));
  },
};

const rectifierLayers = ['ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU'];
const rectifiers = ['relu', 'relu6', 'elu', 'selu', 'softplus', 'gelu', 'gelu_new', 'swish', 'mish'];
const derivatives: Record<string, (z: number) => number> = {
  linear: () => 1,
  sigmoid: z => Math.exp(-z) / (1 + Math.exp(-z)) ** 2,
  tanh: z => 1 / Math.cosh(z) ** 2,
};

function backThrough(layer: Layer, x: Sample, dy: ArrayLike<number>): ArrayLike<number> {
  const className = layer.getClassName();
  const rectified = Array.from(dy, value => Math.max(0, value));
  if (rectifierLayers.includes(className)) return rectified;
  if (/MaxPooling/.test(className)) return unpool(layer, x, dy);
  const activation =
    (layer as {activation?: {getClassName(): string}}).activation?.getClassName() ?? 'linear';
  const {matrix, offset} = affineMap(linearTwin(layer), x.shape);
  if (rectifiers.includes(activation)) return transposed(matrix, rectified);
  const derivative = derivatives[activation] as (z: number) => number;
  const z = offset.map((value, row) => value + matrix.reduce((sum, column, i) => sum + (column[row] as number) * (x.values[i] as number), 0)); // prettier-ignore
  return transposed(matrix, z.map((value, i) => derivative(value) * (dy[i] as number))); // prettier-ignore
}

function transposed(matrix: number[][], dy: ArrayLike<number>): number[] {
  return matrix.map(column => column.reduce((sum, value, row) => sum + value * (dy[row] as number), 0));
}

/** The same layer with the same weights and no activation. */
function linearTwin(layer: Layer): Layer {
  const config = layer.getConfig();
  if (!('activation' in config)) return layer;
  const Class = layer.constructor as new (config: object) => Layer;
  // The configuration of a SeparableConv2D leaves its depthMultiplier out.
  const {depthMultiplier} = layer as {depthMultiplier?: number};
  const twin = new Class({...config, depthMultiplier, activation: 'linear', name: `${layer.name}_twin`});
  twin.build((layer.getInputAt(0) as tf.SymbolicTensor).shape);
  if (layer.getWeights().length > 0) twin.setWeights(layer.getWeights());
  return twin;
}

/** Columns of the matrix, one for each input value, and the image of 0. */
function affineMap(layer: Layer, shape: number[]): {matrix: number[][]; offset: number[]} {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tf.tidy(() => {
    const units = tf.concat([tf.zeros([1, size]), tf.eye(size)]).reshape([size + 1, ...shape]);
    const images = layer.apply(units, {training: false}) as tf.Tensor;
    const [offset = [], ...rows] = images.reshape([size + 1, -1]).arraySync() as number[][];
    return {offset, matrix: rows.map(row => row.map((value, i) => value - (offset[i] as number)))};
  });
}

function forward(layer: Layer, {shape, values}: Sample): Sample {
  return tf.tidy(() => {
    const x = tf.tensor(Float32Array.from(values), [1, ...shape]);
    const y = layer.apply(x, {training: false}) as tf.Tensor;
    return {shape: y.shape.slice(1), values: y.dataSync()};
  });
}

interface Pooling {
  poolSize?: number[];
  strides: number[];
  padding: 'same' | 'valid';
}

/** Max pooling over [height, width, channels], [steps, channels], or all of the pixels. */
function unpool(layer: Layer, {shape, values}: Sample, dy: ArrayLike<number>): number[] {
  const channels = shape.at(-1) as number;
  const [height, width] = shape.length === 3 ? (shape as [number, number]) : [1, shape[0] as number];
  const {poolSize, strides, padding} = layer as unknown as Pooling;
  const pair = (extents: number[]) => [...[1].slice(extents.length - 1), ...extents] as [number, number];
  const size = poolSize ? pair(poolSize) : [height, width];
  const stride = poolSize ? pair(strides) : size;
  const axes = [height, width].map((extent, axis) => {
    const [window, step] = [size[axis] as number, stride[axis] as number];
    const out = padding === 'same' ? Math.ceil(extent / step) : Math.floor((extent - window) / step) + 1;
    const pad = padding === 'same' ? Math.floor(Math.max(0, (out - 1) * step + window - extent) / 2) : 0;
    return {window, step, out, pad, extent};
  });
  const [rows, columns] = axes as [(typeof axes)[0], (typeof axes)[0]];
  const inside = ({window, step, pad, extent}: (typeof axes)[0], position: number) =>
    Array.from({length: window}, (_, i) => position * step - pad + i).filter(i => i >= 0 && i < extent);
  const back = Array.from({length: values.length}, () => 0);
  for (let out = 0; out < rows.out * columns.out * channels; out++) {
    const channel = out % channels;
    const pixel = (out - channel) / channels;
    const window = inside(rows, Math.floor(pixel / columns.out)).flatMap(y =>
      inside(columns, pixel % columns.out).map(x => (y * width + x) * channels + channel),
    );
    const at = window.reduce((best, i) => ((values[i] as number) > (values[best] as number) ? i : best));
    back[at] = (back[at] as number) + (dy[out] as number);
  }
  return back;
}

/** Sets every weight to seeded values in [-1, 1); variances to 0.5..1.5. */
export function seedWeights(model: tf.LayersModel, seed = 1): void {
  const random = seededRandom(seed);
  tf.tidy(() => {
    const weights = model.weights.map(({shape, originalName}) => {
      const variance = originalName.endsWith('variance');
      const length = tf.util.sizeFromShape(shape as number[]);
      const values = Float32Array.from({length}, () => (variance ? 0.5 + random() : random() * 2 - 1));
      return tf.tensor(values, shape as number[]);
    });
    model.setWeights(weights);
  });
}

/** Seeded samples in [-1, 1). */
export function seededSamples(samples: number, shape: number[], seed = 7): Sample[] {
  const random = seededRandom(seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  return Array.from({length: samples}, () => ({
    shape,
    values: Float32Array.from({length: size}, () => random() * 2 - 1),
  }));
}

/** Samples as one tensor; the caller disposes it. */
export function stack(samples: readonly Sample[]): tf.Tensor {
  const {shape} = samples[0] as Sample;
  const values = Float32Array.from(samples.flatMap(sample => Array.from(sample.values)));
  return tf.tensor(values, [samples.length, ...shape]);
}
