import test from 'ava';
import type {ClassEntropyRow, LayerEntropyRow} from '#src/shared/index.js';
import {diverged} from '#src/analysis/findings/diverged.js';
import {inactiveChannels} from '#src/analysis/findings/inactive-channels.js';
import {predictedClasses} from '#src/analysis/findings/predicted-classes.js';
import {stableLabelEntropy} from '#src/analysis/findings/stable-label-entropy.js';
import {CONV} from '../../support/run-folder.js';

test('dead channels are those that never change, nearly dead ones rarely do', t => {
  const idle = [
    {channel: 0, share: 1, n: 256},
    {channel: 2, share: 0.97, n: 256},
    {channel: 3, share: 1, n: 256},
  ];
  const [dead, nearly, ...rest] = inactiveChannels(idle, CONV, {epoch: 4, judged: 5});
  t.deepEqual(rest, []);
  t.like(dead, {
    kind: 'dead-channels',
    title: '2 of 5 channels of conv2d_1 are dead at epoch 4: 0, 3',
    channels: [0, 3],
    evidence: 'H(dCNN(*, conv2d_1, {0,3}, 4))',
    basis: {n: 256},
  });
  t.deepEqual(dead?.confidence, {
    grade: 'high',
    why: 'one and the same for all 256 probe samples; at 95 % fewer than 1.2 % of inputs light them',
  });
  t.like(nearly, {
    kind: 'near-dead-channels',
    title: '1 of 5 channels of conv2d_1 is one constant for at least 95 % of the samples at epoch 4: 2',
    channels: [2],
    level: 'note',
  });
});

test('a few samples make dead channels less sure', t => {
  const [dead, ...rest] = inactiveChannels([{channel: 0, share: 1, n: 8}], CONV, {epoch: 4, judged: 1});
  t.deepEqual(rest, []);
  t.is(dead?.title, '1 of 1 channel of conv2d_1 is dead at epoch 4: 0');
  t.is(dead?.confidence.grade, 'low');
  t.deepEqual(inactiveChannels([], CONV, {epoch: 4, judged: 0}), []);
});

const logged = (epoch: number, value: number | null, name = 'loss') => ({epoch, name, value});
const layerRow = (epoch: number, layer: string, invalid: number): LayerEntropyRow => ({
  epoch,
  layer,
  class: null,
  bits: 1,
  log2_edges: 2,
  k: 5,
  n: 20 - invalid,
  invalid,
  clamped: 0,
  matrix_bits: null,
  intra_mean: null,
  min: 0,
  max: 1,
  reason: null,
});

test('a training has diverged from the first epoch on at which a loss or an activation is no number', t => {
  t.deepEqual(diverged([logged(0, 1), logged(1, 0.5)], [layerRow(1, 'conv', 0)]), []);
  const [loss] = diverged([logged(2, null), logged(1, null), logged(1, null, 'val_loss')], []);
  t.like(loss, {
    kind: 'diverged',
    level: 'attention',
    title: 'Training has diverged: NaN or infinite values from epoch 1 on, in loss, val_loss',
    epoch: 1,
    evidence: 'Hx(dCNN(*, *, *, 1))',
  });
  const [activations] = diverged([logged(3, null)], [layerRow(2, 'conv', 3), layerRow(3, 'dense', 20)]);
  t.like(activations, {
    title: 'Training has diverged: NaN or infinite values from epoch 2 on, in activations of conv',
    layer: 'conv',
    evidence: 'Hx(dCNN(*, conv, *, 2))',
    basis: {n: 20, epochs: 2},
  });
});

function classRows(bits: (number | null)[][]): ClassEntropyRow[] {
  return bits.flatMap((classes, epoch) =>
    classes.map((label_given_pred, index) => ({
      epoch,
      class: index,
      label_given_pred,
      pred_given_label: 1,
      reason: label_given_pred === null ? 'never-predicted' : null,
    })),
  );
}

const info = {classes: ['a', 'b', 'c'], evaluation: {source: 'evaluation', samples: 300} as const};

test('classes that are not predicted at the end are named, and those that were late', t => {
  const rows = classRows([
    [null, null, null],
    [1, 1, null],
    [1, null, null],
    [1, null, 1],
  ]);
  const [missing, late, ...rest] = predictedClasses(rows, info);
  t.deepEqual(rest, []);
  t.like(missing, {
    kind: 'never-predicted',
    title: 'Class b is not predicted for any of 300 samples at epoch 3',
    classes: [1],
    evidence: 'H(label | y=1, epoch=3)',
  });
  t.like(late, {
    kind: 'late-predicted',
    title: 'A class is first predicted after the others (epoch 1): c at 3',
    classes: [2],
    evidence: 'H(label | y=2)',
  });
  t.deepEqual(predictedClasses([], info), []);
  t.deepEqual(
    predictedClasses(
      classRows([
        [1, 1, 1],
        [1, 1, 1],
      ]),
      info,
    ),
    [],
  );
});

test('a class of which there is no sample is not missed, and of many classes the list is short', t => {
  const none = 'never-predicted,never-seen';
  const classes = Array.from({length: 144}, (_, i) => `class ${i}`);
  const rows = classRows([classes.map((_, i) => (i % 3 === 0 ? 1 : null))]).map((row, i) =>
    i === 1 ? {...row, reason: none} : row,
  );
  const [missing] = predictedClasses(rows, {...info, classes});
  t.is(missing?.classes?.length, 95);
  t.false(missing?.classes?.includes(1));
  t.regex(missing?.title ?? '', /^Classes class 2, .* and 87 more are not predicted for any of 300 samples/);
  t.is(missing?.evidence, 'H(label | y=*, epoch=0)');
  const half = classRows([classes.map((_, i) => (i < 72 ? 1 : null))]);
  t.is(predictedClasses(half, {...info, classes})[0]?.evidence, 'H(label | y=72..143, epoch=0)');
  const unseen = classRows([
    [1, 1, null],
    [1, 1, null],
    [1, 1, 1],
  ]).map(row =>
    row.class === 2 ? {...row, reason: row.label_given_pred === null ? none : 'never-seen'} : row,
  );
  t.deepEqual(predictedClasses(unseen, info), []);
});

test('H(label | y) is stable from the epoch on after which it stays near its last value', t => {
  const [stable] = stableLabelEntropy(
    classRows([[3], [2], [1.05], [1.2], [1.01], [1.0], [1.04], [1.0]]),
    info,
  );
  t.like(stable, {
    kind: 'stable-label-entropy',
    epoch: 4,
    level: 'note',
    evidence: 'mean(H(label | y) over class)',
  });
  t.like(stable?.basis, {n: 300, epochs: 8});
  const [moving] = stableLabelEntropy(classRows([[3], [2], [1.5], [1]]), info);
  t.is(moving?.level, 'attention');
  t.deepEqual(stableLabelEntropy(classRows([[3], [1], [1]]), info), [], 'three epochs are too few');
  t.deepEqual(stableLabelEntropy(classRows([[1], [1], [1], [null]]), info), [], 'nothing at the end');
});
