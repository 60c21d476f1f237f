import test from 'ava';
import type {ChannelEntropyRow, ClassEntropyRow} from '#src/shared/index.js';
import {inactiveChannels} from '#src/analysis/findings/inactive-channels.js';
import {predictedClasses} from '#src/analysis/findings/predicted-classes.js';
import {stableLabelEntropy} from '#src/analysis/findings/stable-label-entropy.js';
import {CONV} from '../../support/run-folder.js';

function channelRow(
  channel: number,
  dead: number,
  changes: Partial<ChannelEntropyRow> = {},
): ChannelEntropyRow {
  const shares = {mean: 1, std: 0, dead, zeros: 0, n: 256};
  return {
    epoch: 4,
    layer: CONV.name,
    channel,
    class: null,
    ...shares,
    range: 'layer',
    bins: 32,
    reason: null,
    ...changes,
  };
}

test('dead channels are those whose every map is constant, nearly dead ones miss few', t => {
  const rows = [
    channelRow(0, 1),
    channelRow(1, 0.3),
    channelRow(2, 0.97),
    channelRow(3, 1),
    channelRow(4, 0.94),
  ];
  const [dead, nearly, ...rest] = inactiveChannels(rows, CONV, 4);
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
    why: 'constant for all 256 probe samples; at 95 % fewer than 1.2 % of inputs light them',
  });
  t.like(nearly, {kind: 'near-dead-channels', channels: [2], level: 'note'});
});

test('a few samples make dead channels less sure, and other classes or undefined channels do not count', t => {
  const rows = [
    channelRow(0, 1, {n: 8}),
    channelRow(1, 1, {class: 2}),
    channelRow(2, 1, {reason: 'single-value'}),
  ];
  const [dead, ...rest] = inactiveChannels(rows, CONV, 4);
  t.deepEqual(rest, []);
  t.deepEqual(dead?.channels, [0]);
  t.is(dead?.confidence.grade, 'low');
  t.deepEqual(inactiveChannels([], CONV, 4), []);
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

test('classes that are not predicted at the end are named, and those that came late', t => {
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
