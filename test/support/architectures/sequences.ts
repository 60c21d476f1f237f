import * as tf from '@tensorflow/tfjs';
import {SelfAttention} from './self-attention.js';
import type {Architecture} from './architecture.js';

const {layers, sequential} = tf;
const vocabulary = 12;
const embedding = (more: object = {}) =>
  layers.embedding({inputDim: vocabulary, outputDim: 6, inputLength: 8, ...more});
const answer = () => layers.dense({units: 3, activation: 'softmax'});

/** Networks over time: maps are series, [time], and channels are features. */
export const sequences: Architecture[] = [
  {
    name: 'an embedding with an LSTM',
    vocabulary,
    model: () => sequential({layers: [embedding({maskZero: true}), layers.lstm({units: 5}), answer()]}),
  },
  {
    name: 'an embedding with stacked GRUs',
    vocabulary,
    model: () =>
      sequential({
        layers: [
          embedding(),
          layers.gru({units: 5, returnSequences: true}),
          layers.gru({units: 4}),
          answer(),
        ],
      }),
  },
  {
    name: 'a bidirectional LSTM',
    vocabulary,
    model: () => {
      const forward = layers.lstm({units: 4, returnSequences: true});
      const both = layers.bidirectional({layer: forward, mergeMode: 'concat'});
      return sequential({layers: [embedding(), both, layers.globalAveragePooling1d(), answer()]});
    },
  },
  {
    name: 'a recurrent encoder and decoder that hands on its state',
    targets: ['values'],
    model: () => {
      const [source, target] = [tf.input({shape: [7, 3]}), tf.input({shape: [6, 3]})];
      const encoded = layers.lstm({units: 5, returnState: true}).apply(source) as tf.SymbolicTensor[];
      const decoder = layers.lstm({units: 5, returnSequences: true});
      const decoded = decoder.apply(target, {initialState: encoded.slice(1)});
      const outputs = layers.timeDistributed({layer: layers.dense({units: 3})}).apply(decoded);
      return tf.model({inputs: [source, target], outputs: outputs as tf.SymbolicTensor});
    },
  },
  {
    name: 'a time-distributed CNN',
    model: () =>
      sequential({
        layers: [
          layers.timeDistributed({
            inputShape: [4, 8, 8, 1],
            layer: layers.conv2d({filters: 3, kernelSize: 3, activation: 'relu'}),
          }),
          layers.timeDistributed({layer: layers.globalAveragePooling2d({})}),
          layers.simpleRNN({units: 6}),
          answer(),
        ],
      }),
  },
  {
    name: 'a convolutional LSTM',
    model: () =>
      sequential({
        layers: [
          layers.convLstm2d({
            inputShape: [4, 6, 6, 1],
            filters: 3,
            kernelSize: 3,
            returnSequences: true,
          }),
          layers.convLstm2d({filters: 2, kernelSize: 2}),
          layers.flatten(),
          answer(),
        ],
      }),
  },
  {
    name: 'an attention block of a custom layer',
    vocabulary,
    model: () => {
      const tokens = tf.input({shape: [8]});
      const embedded = embedding().apply(tokens) as tf.SymbolicTensor;
      const attended = new SelfAttention({units: 6}).apply(embedded) as tf.SymbolicTensor;
      const summed = layers.add().apply([embedded, attended]);
      const normed = layers.layerNormalization().apply(summed);
      const outputs = answer().apply(layers.globalAveragePooling1d().apply(normed)) as tf.SymbolicTensor;
      return tf.model({inputs: tokens, outputs});
    },
  },
];
