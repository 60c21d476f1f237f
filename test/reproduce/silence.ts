import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {namedChannels} from '../../reproduce/studies/pruning.js';
import {byNorm, likeCut, whileSilent} from '../../reproduce/studies/silence.js';
import type {Finding} from '#src/shared/index.js';

function model(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'conv2d_1',
        inputShape: [6, 6, 1],
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        kernelInitializer: tf.initializers.glorotUniform({seed: 1}),
        biasInitializer: 'ones',
      }),
      tf.layers.batchNormalization({name: 'batch_norm_1', betaInitializer: 'ones'}),
    ],
  });
}

const images = () => tf.randomUniform([2, 6, 6, 1], 0, 1, 'float32', 7);

/** The largest size of a value in each channel. */
function sizes(of: tf.LayersModel, xs: tf.Tensor): number[] {
  return tf.tidy(() => Array.from((of.predict(xs) as tf.Tensor).abs().max([0, 1, 2]).dataSync()));
}

test.before(() => tf.setBackend('cpu'));

test.serial('a silenced channel gives 0 everywhere behind the normalisation; the others are as before', t => {
  const net = model();
  const xs = images();
  const before = sizes(net, xs);
  const during = whileSilent(tf, net, new Map([['conv2d_1', [1, 3]]]), () => sizes(net, xs));
  t.deepEqual([during[1], during[3]], [0, 0]);
  t.deepEqual([during[0], during[2]], [before[0], before[2]]);
  t.true(before.every(size => size > 0));
  t.deepEqual(sizes(net, xs), before, 'afterwards all are back');
  tf.dispose(xs);
  net.dispose();
});

test.serial('the weights are back, and no tensor is left, also where its use throws', t => {
  const net = model();
  const xs = images();
  const before = sizes(net, xs);
  const tensors = tf.memory().numTensors;
  t.throws(() =>
    whileSilent(tf, net, new Map([['conv2d_1', [0]]]), () => {
      throw new Error('made');
    }),
  );
  t.deepEqual(sizes(net, xs), before);
  t.is(tf.memory().numTensors, tensors);
  tf.dispose(xs);
  net.dispose();
});

test.serial('as many filters of each layer are taken, those of the smallest norm first', t => {
  const net = model();
  const kernel = tf.tensor4d(
    Array.from({length: 36}, (_, i) => [3, 1, 4, 2][i % 4] as number),
    [3, 3, 1, 4],
  );
  net.getLayer('conv2d_1').setWeights([kernel, tf.zeros([4])]);
  const cut = likeCut(net, new Map([['conv2d_1', [2, 3]]]), byNorm);
  t.deepEqual([...cut], [['conv2d_1', [1, 3]]]);
  net.dispose();
});

test('dead channels and the spare ones of redundant pairs are pruned, of convolutions only', t => {
  const finding = (kind: Finding['kind'], layer: string, channels: number[]): Finding => ({
    kind,
    layer,
    channels,
    title: '',
    level: 'note',
    evidence: '',
    basis: {},
    confidence: {grade: 'high', why: ''},
  });
  const {dead, redundant} = namedChannels([
    finding('dead-channels', 'conv2d_1', [3]),
    finding('near-dead-channels', 'conv2d_1', [4]),
    finding('redundant-channels', 'conv2d_2', [1, 5]),
    finding('redundant-channels', 'max_pooling2d_1', [2]),
  ]);
  t.deepEqual([...dead], [['conv2d_1', [3]]]);
  t.deepEqual([...redundant], [['conv2d_2', [1, 5]]]);
});
