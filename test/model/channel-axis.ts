import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {channelAxes, channelsLast} from '#src/model/channel-axis.js';
import {graphCalls} from '#src/model/model-graph.js';

const {layers} = tf;
const first = {dataFormat: 'channelsFirst'} as const;
const conv = (format: object = first) =>
  layers.conv2d({filters: 3, kernelSize: 3, padding: 'same', ...format});

/** The axis of channels in the input of a stack, and after each of its layers. */
function axes(shape: number[], ...stack: tf.layers.Layer[]): number[] {
  const input = tf.input({shape});
  const outputs = [input];
  for (const layer of stack) outputs.push(layer.apply(outputs.at(-1)!) as tf.SymbolicTensor);
  const model = tf.model({inputs: input, outputs: outputs.at(-1)!});
  return outputs.map(channelAxes(graphCalls(model)));
}

test('channels are last, as tfjs has them by default', t => {
  t.deepEqual(axes([6, 6, 2], conv({}), layers.activation({activation: 'relu'})), [3, 3, 3]);
  t.deepEqual(axes([4], layers.dense({units: 2})), [1, 1]);
  t.deepEqual(axes([5, 4], layers.lstm({units: 3, returnSequences: true})), [2, 2]);
});

test('a data format of channels first says where they are in what the layer takes and gives', t => {
  t.deepEqual(axes([2, 6, 7], conv(), layers.maxPooling2d({poolSize: 2, ...first})), [1, 1, 1]);
  t.deepEqual(axes([2, 5, 6, 7], layers.conv3d({filters: 2, kernelSize: 2, ...first})), [1, 1]);
  t.deepEqual(axes([2, 6, 7], layers.globalAveragePooling2d(first)), [1, 1]);
});

test('layers that treat values one by one hand it on, also back to the input; Permute and Flatten do not', t => {
  const relu = () => layers.activation({activation: 'relu'});
  t.deepEqual(axes([2, 6, 7], relu(), conv(), relu(), layers.dropout({rate: 0.1})), [1, 1, 1, 1, 1]);
  t.deepEqual(axes([3, 3, 3], conv(), layers.permute({dims: [2, 3, 1]})), [1, 1, 3]);
  t.deepEqual(axes([2, 6, 7], conv(), layers.flatten()), [1, 1, 1]);
});

test('after the axis of time, channels first are the axis after it', t => {
  t.deepEqual(axes([4, 2, 6, 7], layers.timeDistributed({layer: conv()})), [2, 2]);
  const recurrent = layers.convLstm2d({filters: 2, kernelSize: 2, returnSequences: true, ...first});
  t.deepEqual(axes([4, 2, 6, 7], recurrent), [2, 2]);
});

test('a model that is used as a layer is asked itself', t => {
  const inner = tf.sequential({
    layers: [layers.conv2d({inputShape: [2, 6, 7], filters: 3, kernelSize: 3, ...first})],
  });
  t.deepEqual(axes([2, 6, 7], layers.activation({activation: 'relu'}), inner), [1, 1, 1]);
});

test('the order of axes brings channels to the end, and is null where they are there', t => {
  t.deepEqual(channelsLast(4, 1), [0, 2, 3, 1]);
  t.is(channelsLast(4, 3), null);
  t.is(channelsLast(2, 1), null);
});
