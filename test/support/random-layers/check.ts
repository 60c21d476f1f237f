import * as tf from '@tensorflow/tfjs';
import {seededRandom} from '#src/shared/index.js';
import {relativeError} from '../wasm-training.js';
import {convolutions} from './convolutions.js';
import {drawFrom, type Draw} from './draw.js';
import type {DrawnLayer, Kind} from './kind.js';
import {others} from './others.js';
import {poolings} from './pooling.js';
import {recurrent} from './recurrent.js';

export const kinds: Readonly<Record<string, Kind>> = {...convolutions, ...poolings, ...recurrent, ...others};

/** What the wasm backend made of one random layer. */
export interface Checked {
  kind: string;
  /** The largest relative error over output, input's gradient and gradients of weights; NaN for a value that is none. */
  error: number;
  /** The layers, their configuration and the input's shape, as JSON. */
  layer: string;
}

/**
 * Draws the layer `index` of a seed and compares the wasm backend with the cpu backend: the prediction, and the gradients
 * of the input and of every weight for a random dy. Kinds take turns.
 *
 * @throws {Error} if a backend refuses the layer.
 */
export async function checkRandomLayer(seed: number, index: number, only?: string): Promise<Checked> {
  const names = only === undefined ? Object.keys(kinds) : [only];
  const kind = names[index % names.length] as string;
  const draw = drawFrom(seededRandom(seed * 1_000_003 + index));
  const drawn = (kinds[kind] as Kind)(draw);
  const shape = [draw.int(drawn.batch ?? 1, drawn.batch ?? 4), ...drawn.shape];
  const given = inputOf(draw, drawn, shape);
  const valueSeed = draw.int(0, 2 ** 31);
  const cpu = await compute('cpu', drawn, {shape, given, valueSeed});
  const {inputGradient} = drawn;
  const expected = inputGradient ? [...cpu.values, inputGradient(drawn, {x: given, dy: cpu.dy})] : cpu.values;
  const wasm = await compute('wasm', drawn, {shape, given, valueSeed});
  const errors = wasm.values.map((values, i) => relativeError(values, expected[i] as Float32Array));
  return {kind, error: Math.max(...errors), layer: `${cpu.layer} on ${JSON.stringify(shape)}`};
}

function inputOf(draw: Draw, {indices, ties}: DrawnLayer, shape: number[]): Float32Array {
  const value = () => {
    if (indices !== undefined) return draw.int(0, indices - 1);
    return ties ? Math.round(draw.normal() * 2) / 2 : draw.normal();
  };
  return Float32Array.from({length: tf.util.sizeFromShape(shape)}, value);
}

interface Given {
  shape: number[];
  given: Float32Array;
  /** Of weights and dy. */
  valueSeed: number;
}

interface Computed {
  /** The prediction; the gradients of weights; of the input, where the cpu backend has it right or this is not it. */
  values: Float32Array[];
  dy: Float32Array;
  layer: string;
}

async function compute(backend: 'cpu' | 'wasm', drawn: DrawnLayer, given: Given): Promise<Computed> {
  await tf.setBackend(backend);
  const input = tf.input({shape: drawn.shape, dtype: drawn.indices === undefined ? 'float32' : 'int32'});
  const model = tf.model({inputs: input, outputs: drawn.apply(input)});
  const engine = tf.engine();
  engine.startScope();
  try {
    return computeOn(backend, model, drawn, given);
  } finally {
    engine.endScope();
    model.dispose();
  }
}

function computeOn(
  backend: 'cpu' | 'wasm',
  model: tf.LayersModel,
  {gradients = 'all', training = false, inputGradient, indices}: DrawnLayer,
  {shape, given, valueSeed}: Given,
): Computed {
  const {normal} = drawFrom(seededRandom(valueSeed));
  const random = (shape: number[], value = normal) =>
    tf.tensor(Float32Array.from({length: tf.util.sizeFromShape(shape)}, value), shape);
  model.setWeights(
    model.weights.map(
      ({originalName, shape}) =>
      random(shape as number[], () => (/variance/.test(originalName) ? 0.5 + Math.abs(normal()) : normal() / 2)), // prettier-ignore
    ),
  );
  const x = tf.tensor(given, shape, indices === undefined ? 'float32' : 'int32');
  const y = model.predict(x) as tf.Tensor;
  const dy = random(y.shape);
  const values = [read(y)];
  if (gradients !== 'none') {
    const loss = (x: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(model.apply(x, {training}) as tf.Tensor, dy));
    // tfjs keeps the variable behind a trainable weight out of its types.
    const variables = model.trainableWeights.map(weight => (weight as unknown as {val: tf.Variable}).val);
    if (variables.length > 0) {
      const {grads} = tf.variableGrads(() => loss(x), variables);
      for (const {name} of variables) values.push(read(grads[name] as tf.Tensor));
    }
    const asked = gradients === 'all' && indices === undefined && !(inputGradient && backend === 'cpu');
    if (asked) values.push(read(tf.grad(loss)(x)));
  }
  return {values, dy: read(dy), layer: describe(model)};
}

const read = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());

/** What decides a layer's arithmetic, for the message. */
function describe(model: tf.LayersModel): string {
  const texts = model.layers.slice(1).map(layer => {
    const config = Object.entries(layer.getConfig());
    const kept = config.filter(([key, value]) => !/initializer|constraint|regularizer|name|trainable|dtype/i.test(key) && value !== null); // prettier-ignore
    return `${layer.getClassName()} ${JSON.stringify(Object.fromEntries(kept))}`;
  });
  return texts.join(' and ');
}
