import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {findClassifier} from '#src/callbacks/classifier.js';

const {layers} = tf;

/** A model with an output for each of the last layers. */
function outputs(...last: tf.layers.Layer[]): tf.LayersModel {
  const input = tf.input({shape: [4]});
  return tf.model({inputs: input, outputs: last.map(layer => layer.apply(input) as tf.SymbolicTensor)});
}

function compiled(model: tf.LayersModel, ...loss: string[]): tf.LayersModel {
  model.compile({optimizer: 'sgd', loss});
  return model;
}

test('the classifying output is the first with a unit for every class', t => {
  const model = outputs(layers.dense({units: 2}), layers.dense({units: 3, activation: 'softmax'}));
  t.deepEqual(findClassifier(model, 3), {output: 1, width: 3, classes: 3});
  t.is(findClassifier(model, 4), null);
});

test('units without an activation are scores, unless they are trained to be numbers', t => {
  const model = outputs(layers.dense({units: 3}));
  t.deepEqual(findClassifier(model, 3), {output: 0, width: 3, classes: 3});
  t.deepEqual(findClassifier(compiled(model, 'categoricalCrossentropy'), 3)?.classes, 3);
  t.is(findClassifier(compiled(model, 'meanSquaredError'), 3), null);
});

test('one unit names two classes where it is a sigmoid, and is a number where it is not', t => {
  const sigmoid = layers.dense({units: 1, activation: 'sigmoid'});
  t.deepEqual(findClassifier(outputs(sigmoid), 2), {output: 0, width: 1, classes: 2});
  t.is(findClassifier(outputs(sigmoid), 3), null);
  t.is(findClassifier(outputs(layers.dense({units: 1})), 2), null);
});

test('the losses of several outputs may come by name', t => {
  const model = outputs(layers.dense({units: 3, name: 'size'}), layers.dense({units: 3, name: 'kind'}));
  model.compile({optimizer: 'sgd', loss: {size: 'meanAbsoluteError', kind: 'categoricalCrossentropy'}});
  t.is(findClassifier(model, 3)?.output, 1);
});
