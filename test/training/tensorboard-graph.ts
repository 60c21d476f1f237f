import type {GraphNode} from '#src/shared/recording/tensorboard-parts.js';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {tensorBoardGraph} from '#src/capture/tensorboard-graph.js';
import {encodeGraph} from '#src/tensorboard/graph.js';
import {tinyCnn} from '../support/models.js';

/** Names with what feeds them; the writer itself refuses a graph that does not hold together. */
function arrows(nodes: GraphNode[]): Record<string, readonly string[]> {
  encodeGraph(nodes);
  return Object.fromEntries(nodes.map(({name, inputs}) => [name, inputs]));
}

test('a chain of layers is a chain of nodes with shapes and attributes', t => {
  const model = tinyCnn(tf);
  const nodes = tensorBoardGraph(tf, model);
  t.deepEqual(arrows(nodes), {
    conv_input: [],
    conv: ['conv_input'],
    pool: ['conv'],
    flatten: ['pool'],
    dropout: ['flatten'],
    dense: ['dropout'],
  });
  t.deepEqual(nodes[1], {
    name: 'conv',
    op: 'Conv2D',
    inputs: ['conv_input'],
    shapes: [[null, 6, 6, 4]],
    attributes: {
      parameters: '40',
      filters: '4',
      kernelSize: '[3,3]',
      strides: '[1,1]',
      padding: 'valid',
      activation: 'relu',
    },
  });
  model.dispose();
});

test('a shared layer is a node for each call, and a branch joins again', t => {
  const shared = tf.layers.dense({name: 'shared', units: 3});
  const left = tf.input({shape: [4], name: 'left'});
  const right = tf.input({shape: [4], name: 'right'});
  const calls = [left, right].map(input => shared.apply(input) as tf.SymbolicTensor);
  const joined = tf.layers.concatenate({name: 'joined'}).apply(calls) as tf.SymbolicTensor;
  const model = tf.model({inputs: [left, right], outputs: joined});
  t.deepEqual(arrows(tensorBoardGraph(tf, model)), {
    left: [],
    right: [],
    shared: ['left'],
    shared_1: ['right'],
    joined: ['shared', 'shared_1'],
  });
});

test('a model inside a model is a box, fed and read through its own layers, also when called twice', t => {
  const inner = tf.sequential({
    name: 'encoder',
    layers: [tf.layers.dense({name: 'a', units: 2, inputShape: [4]}), tf.layers.dense({name: 'b', units: 4})],
  });
  const input = tf.input({shape: [4], name: 'in'});
  const once = inner.apply(input) as tf.SymbolicTensor;
  const twice = inner.apply(once) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: twice});
  t.deepEqual(arrows(tensorBoardGraph(tf, model)), {
    in: [],
    'encoder/a_input': ['in'],
    'encoder/a': ['encoder/a_input'],
    'encoder/b': ['encoder/a'],
    'encoder_1/a_input': ['encoder/b'],
    'encoder_1/a': ['encoder_1/a_input'],
    'encoder_1/b': ['encoder_1/a'],
  });
});

test('a layer with several outputs, each used', t => {
  const input = tf.input({shape: [5, 3], name: 'in'});
  const [sequence, state] = tf.layers
    .simpleRNN({name: 'rnn', units: 2, returnState: true, returnSequences: true})
    .apply(input) as tf.SymbolicTensor[];
  const outputs = [sequence, state].map(
    (tensor, i) =>
      tf.layers.activation({name: `out_${i}`, activation: 'relu'}).apply(tensor ?? []) as tf.SymbolicTensor,
  );
  const nodes = tensorBoardGraph(tf, tf.model({inputs: input, outputs}));
  t.deepEqual(arrows(nodes), {in: [], rnn: ['in'], out_0: ['rnn'], out_1: ['rnn:1']});
  t.deepEqual(nodes[1]?.shapes, [
    [null, 5, 2],
    [null, 2],
  ]);
});

test('a deep model is no trouble', t => {
  let tensor = tf.input({shape: [2]});
  const input = tensor;
  for (let i = 0; i < 600; i++)
    tensor = tf.layers.activation({activation: 'relu'}).apply(tensor) as typeof tensor;
  t.is(tensorBoardGraph(tf, tf.model({inputs: input, outputs: tensor})).length, 601);
});
