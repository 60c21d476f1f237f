import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {deconvnet} from 'cnnslicer';
import {reference, seededSamples, seedWeights, stack, type Sample} from '../support/deconvnet-reference.js';
import {relativeError} from '../support/wasm-training.js';

const {layers} = tf;
const shape = [5, 6, 2];

test.before(async () => {
  await tf.setBackend('cpu');
});

const conv = (name: string, filters: number, activation?: 'relu') =>
  layers.conv2d({name, filters, kernelSize: 3, padding: 'same', activation});

function call(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length === 1 ? (inputs[0] as tf.SymbolicTensor) : inputs) as tf.SymbolicTensor;
}

function seeded(model: tf.LayersModel): tf.LayersModel {
  seedWeights(model);
  return model;
}

const plus = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => value + (b[i] as number));

/** Channels of an image, counted from the last axis. */
const cut = ({values, shape}: Sample, from: number, to: number): number[] =>
  Array.from(values).filter((_, i) => i % shape.at(-1)! >= from && i % shape.at(-1)! < to);

async function project(model: tf.LayersModel, xs: Sample[], layer: string, channel: number) {
  const tensors = xs.map(x => stack([x]));
  const {inputs} = await deconvnet(tf, model, tensors, {layer, channels: [channel]});
  tf.dispose(tensors);
  return inputs;
}

test('adds up what comes back through both ways of a residual block', async t => {
  const input = tf.input({shape});
  const [a, b] = [conv('a', 2, 'relu'), conv('b', 3, 'relu')];
  const model = seeded(tf.model({inputs: input, outputs: call(b, call(layers.add({name: 'sum'}), call(a, input), input))})); // prettier-ignore
  const [x] = seededSamples(1, shape) as [Sample];
  const h = {shape, values: plus(reference.forward([a], x).values, x.values)};
  const dh = reference.back([b], h, reference.channel(reference.forward([b], h), 1));
  const [fromTop] = await project(model, [x], 'b', 1);
  t.true(relativeError(fromTop?.values ?? [], plus(dh, reference.back([a], x, dh))) < 1e-6);

  const dSum = reference.channel(h, 0);
  const [fromSum] = await project(model, [x], 'sum', 0);
  t.true(relativeError(fromSum?.values ?? [], plus(dSum, reference.back([a], x, dSum))) < 1e-6);
});

test('gives each branch of a concatenation its own channels', async t => {
  const input = tf.input({shape});
  const [a, b] = [conv('a', 2, 'relu'), conv('b', 3)];
  const joined = layers.concatenate({name: 'joined'});
  const head = conv('head', 2);
  const model = seeded(
    tf.model({inputs: input, outputs: call(head, call(joined, call(a, input), call(b, input)))}),
  );
  const [x] = seededSamples(1, shape) as [Sample];
  const h = tf.tidy(() => {
    const [left, right] = [a, b].map(layer => tf.tensor(Float32Array.from(reference.forward([layer], x).values), [30, layer === a ? 2 : 3])); // prettier-ignore
    return {shape: [5, 6, 5], values: tf.concat([left!, right!], 1).dataSync()};
  });
  for (const [target, channel] of [
    ['head', 1],
    ['joined', 0],
    ['joined', 4],
  ] as const) {
    // prettier-ignore
    const dh = {
      shape: [5, 6, 5],
      values:
        target === 'joined'
          ? reference.channel(h, channel)
          : reference.back([head], h, reference.channel(reference.forward([head], h), channel)),
    };
    const expected = plus(reference.back([a], x, cut(dh, 0, 2)), reference.back([b], x, cut(dh, 2, 5)));
    const [projected] = await project(model, [x], target, channel);
    t.true(relativeError(projected?.values ?? [], expected) < 1e-6, target);
  }
});

test('projects to every input, and gives zeros to one that the layer does not depend on', async t => {
  const inputs = ['left', 'right', 'unused'].map(name => tf.input({shape, name}));
  const [left, right, unused] = inputs as [tf.SymbolicTensor, tf.SymbolicTensor, tf.SymbolicTensor];
  const shared = conv('shared', 2, 'relu');
  const head = conv('head', 2);
  const sum = call(layers.add({name: 'sum'}), call(shared, left), call(shared, right));
  const output = call(head, sum);
  const model = seeded(tf.model({inputs, outputs: [output, call(conv('other', 1), unused)]}));
  const [x, y, z] = seededSamples(3, shape) as [Sample, Sample, Sample];
  const h = {
    shape,
    values: plus(reference.forward([shared], x).values, reference.forward([shared], y).values),
  };
  const dh = reference.back([head], h, reference.channel(reference.forward([head], h), 0));
  const projected = await project(model, [x, y, z], 'head', 0);
  t.deepEqual(
    projected.map(({name}) => name),
    ['left', 'right', 'unused'],
  );
  t.true(relativeError(projected[0]?.values ?? [], reference.back([shared], x, dh)) < 1e-6);
  t.true(relativeError(projected[1]?.values ?? [], reference.back([shared], y, dh)) < 1e-6);
  t.deepEqual(projected[2]?.values, new Float32Array(60));
  const own = await project(model, [x, y, z], 'shared', 1);
  const signal = reference.channel(reference.forward([shared], x), 1);
  t.true(relativeError(own[0]?.values ?? [], reference.back([shared], x, signal)) < 1e-6, 'its first call');
  t.deepEqual(own[1]?.values, new Float32Array(60));
});

test('goes through nested models, functional and sequential', async t => {
  const [a, b, c] = [conv('a', 3, 'relu'), conv('b', 3, 'relu'), conv('c', 2, 'relu')];
  const pool = layers.maxPooling2d({name: 'pool', poolSize: 2});
  const within = tf.input({shape: [5, 6, 3]});
  const functional = tf.model({inputs: within, outputs: call(pool, call(b, within)), name: 'functional'});
  const first = tf.sequential({name: 'first', layers: [layers.inputLayer({inputShape: shape}), a]});
  const model = seeded(tf.sequential({layers: [first, functional, c]}));
  const [x] = seededSamples(1, shape) as [Sample];
  for (const [target, path] of [
    ['first', [a]],
    ['functional', [a, b, pool]],
    ['c', [a, b, pool, c]],
  ] as const) {
    // prettier-ignore
    const expected = reference.back(path, x, reference.channel(reference.forward(path, x), 1));
    const [projected] = await project(model, [x], target, 1);
    t.true(relativeError(projected?.values ?? [], expected) < 1e-6, target);
  }
});

test('follows the model whose layer it is asked for, where layers are shared between models', async t => {
  const a = conv('a', 2, 'relu');
  const elsewhere = tf.input({shape: [3, 3, 2]});
  tf.model({inputs: elsewhere, outputs: call(a, elsewhere)});
  const input = tf.input({shape});
  const model = seeded(tf.model({inputs: input, outputs: call(a, input)}));
  const [x] = seededSamples(1, shape) as [Sample];
  const [projected] = await project(model, [x], 'a', 1);
  const expected = reference.back([a], x, reference.channel(reference.forward([a], x), 1));
  t.true(relativeError(projected?.values ?? [], expected) < 1e-6);
});
