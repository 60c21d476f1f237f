import * as tf from '@tensorflow/tfjs';
import {seededRandom} from '#src/shared/index.js';

/** What an output of a model learns. */
export type Target =
  /** One of as many classes as it has units, or of two for one unit. */
  | 'class'
  /** Any number of as many labels as it has units. */
  | 'labels'
  /** Numbers. */
  | 'values'
  /** The model's first input. */
  | 'input';

/** A kind of network, small enough to train in a second. */
export interface Architecture {
  /** With its article: "a LeNet". */
  name: string;
  model: () => tf.LayersModel;
  /** One for each output of the model; default one class. */
  targets?: Target[];
  /** Shapes of one sample of each input, where the model leaves them open. */
  shapes?: number[][];
  /** Inputs hold indices below this, instead of values in [0, 1). */
  vocabulary?: number;
  /** Its images are [channels, height, width]. */
  channelsFirst?: boolean;
  /** Where `fit` cannot train it: makes a loop, each call of which trains an epoch and gives its loss. */
  byHand?: (example: Example) => () => Promise<number>;
}

/** A model, compiled, with what it trains on. */
export interface Example {
  model: tf.LayersModel;
  xs: tf.Tensor[];
  ys: tf.Tensor[];
  /** Class index of each sample; null where the model has no output for a class. */
  labels: Int32Array | null;
}

export const SAMPLES = 22;
const CLASSES = 3;

/** Seeded weights, inputs and targets: every number of a run is the same each time. */
export function exampleOf({model: make, targets = ['class'], shapes, vocabulary}: Architecture): Example {
  const model = make();
  seedWeights(model);
  const xs = model.inputs.map((input, i) =>
    inputValues([SAMPLES, ...(shapes?.[i] ?? (input.shape.slice(1) as number[]))], vocabulary, i),
  );
  const [predicted, ...others] = [model.predict(xs.length > 1 ? xs : (xs[0] as tf.Tensor))].flat();
  const outputs = [predicted as tf.Tensor, ...others];
  const labels = Int32Array.from({length: SAMPLES}, (_, i) => i % CLASSES);
  const classes = outputs.map(({shape}) => shape.at(-1) as number);
  const ys = targets.map((target, i) =>
    targetValues(target, {shape: outputs[i]?.shape ?? [], labels, input: xs[0] as tf.Tensor, seed: 90 + i}),
  );
  tf.dispose(outputs);
  model.compile({
    optimizer: tf.train.adam(0.01),
    loss: targets.map((target, i) => lossOf(target, classes[i])),
  });
  return {
    model,
    xs,
    ys,
    labels: targets.includes('class')
      ? labels.map(label => label % (Math.max(...classes) === 1 ? 2 : CLASSES))
      : null,
  };
}

/** One tensor where tfjs wants one, a list where it wants a list. */
export function oneOrMany(tensors: tf.Tensor[]): tf.Tensor | tf.Tensor[] {
  return tensors.length === 1 ? (tensors[0] as tf.Tensor) : tensors;
}

/** Kernels uniform in a range that keeps the signal's size, whatever the layer; biases stay as they are. */
function seedWeights(model: tf.LayersModel): void {
  const random = seededRandom(7);
  for (const weight of model.trainableWeights) {
    const {shape} = weight;
    if (shape.length < 2) continue;
    const fanIn = tf.util.sizeFromShape(shape as number[]) / (shape.at(-1) as number);
    const limit = Math.sqrt(6 / fanIn);
    const values = uniform(shape as number[], () => (2 * random() - 1) * limit);
    weight.write(values);
    values.dispose();
  }
}

function inputValues(shape: number[], vocabulary: number | undefined, seed: number): tf.Tensor {
  const random = seededRandom(seed + 1);
  return uniform(shape, () => (vocabulary === undefined ? random() : Math.floor(random() * vocabulary)));
}

function targetValues(
  target: Target,
  {shape, labels, input, seed}: {shape: number[]; labels: Int32Array; input: tf.Tensor; seed: number},
): tf.Tensor {
  const random = seededRandom(seed);
  const units = shape.at(-1) as number;
  if (target === 'input') return input.clone();
  if (target === 'values') return uniform(shape, random);
  if (target === 'labels') return uniform(shape, () => Number(random() < 0.4));
  if (units === 1) return tf.tensor2d([...labels].map(label => [label % 2]));
  return tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), units).toFloat());
}

function lossOf(target: Target, units = 1): string {
  if (target === 'class') return units > 1 ? 'categoricalCrossentropy' : 'binaryCrossentropy';
  return target === 'labels' ? 'binaryCrossentropy' : 'meanSquaredError';
}

function uniform(shape: number[], next: () => number): tf.Tensor {
  return tf.tensor(Float32Array.from({length: tf.util.sizeFromShape(shape)}, next), shape);
}
