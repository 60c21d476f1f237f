import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {hyperparameters, modelParameters, type ModelParameters} from '#src/capture/hyperparameters.js';
import {runInfo} from '../support/run-folder.js';

function model(): tf.Sequential {
  return tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
}

const of = (compiled: tf.LayersModel) => modelParameters(compiled);

const unknown: ModelParameters = {compared: {}, others: {}};

test('a compiled model gives its optimizer, learning rate, parameters and loss', t => {
  const compiled = model();
  compiled.compile({optimizer: tf.train.sgd(0.25), loss: 'meanSquaredError'});
  t.deepEqual(of(compiled), {
    compared: {optimizer: 'SGD', learning_rate: 0.25, parameters: 8},
    others: {loss: 'meanSquaredError'},
  });
});

test('a model that is trained by hand has no optimizer, and no loss', t => {
  t.deepEqual(of(model()), {compared: {parameters: 8}, others: {loss: null}});
});

test('a loss is named by its function, or the losses of all outputs', t => {
  const lossOf = (loss: unknown) => {
    const compiled = model();
    compiled.compile({optimizer: 'adam', loss: 'meanSquaredError'});
    Object.assign(compiled, {loss});
    return of(compiled).others['loss'];
  };
  t.is(lossOf(tf.losses.softmaxCrossEntropy), 'softmaxCrossEntropy');
  t.is(
    lossOf(
      (
        () => () =>
          0
      )(),
    ),
    'custom',
  );
  t.is(lossOf({a: 'meanSquaredError', b: 'hinge'}), 'meanSquaredError, hinge');
});

test('what a run says of its training is among them; unknown values are left out', t => {
  const info = runInfo({training: {samples: null, batchSize: 32, epochs: null, initialEpoch: 0}});
  const {compared, others} = hyperparameters(unknown, info, {});
  t.deepEqual(compared, {batch_size: 32});
  t.deepEqual(others, {
    backend: 'cpu',
    probe_samples: 6,
    seed: 1,
    every_epochs: 1,
    dtype: 'float32',
    bins: 32,
    range: 'layer',
    k: 5,
  });
});

test("the user's own values win, and are compared wherever they were", t => {
  const {compared, others} = hyperparameters({compared: {learning_rate: 0.1}, others: {}}, runInfo(), {
    learning_rate: 0.5,
    seed: 99,
    augmented: true,
  });
  t.is(compared['learning_rate'], 0.5);
  t.deepEqual([compared['seed'], compared['augmented']], [99, true]);
  t.false('seed' in others);
});

test('a value that is not finite is left out: the page could not sort by it', t => {
  const {compared} = hyperparameters({compared: {learning_rate: NaN}, others: {}}, runInfo(), {
    decay: Infinity,
  });
  t.false('learning_rate' in compared);
  t.false('decay' in compared);
});
