import test from 'ava';
import {viewOfFinding} from '#ui/model/view-of-finding.js';
import type {Finding} from '#src/shared/index.js';

function finding(changes: Partial<Finding>): Finding {
  return {
    kind: 'dead-channels',
    title: '',
    level: 'note',
    evidence: '',
    basis: {},
    confidence: {grade: 'low', why: ''},
    ...changes,
  };
}

test('a finding about channels leads to the first of them at its epoch', t => {
  t.deepEqual(viewOfFinding(finding({layer: 'conv', channels: [4, 7], epoch: 2})), {
    tab: 'channels',
    layer: 'conv',
    channel: 4,
    epoch: 2,
  });
});

test('redundant channels lead to the pair that is most alike, the next ones pinned', t => {
  const pairs: [number, number][] = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  t.deepEqual(viewOfFinding(finding({kind: 'redundant-channels', layer: 'conv', pairs, epoch: 9})), {
    tab: 'layers',
    from: 'conv',
    to: 'conv',
    pair: {from: 1, to: 2},
    pins: [
      {from: 3, to: 4},
      {from: 5, to: 6},
    ],
    epoch: 9,
  });
});

test('classes lead to the performance view, a training that diverged to what it lost', t => {
  t.deepEqual(viewOfFinding(finding({kind: 'diverged', layer: 'conv', epoch: 3})), {
    tab: 'channels',
    layer: 'conv',
    channel: null,
    epoch: 3,
  });
  t.like(viewOfFinding(finding({kind: 'diverged', epoch: 3})), {tab: 'performance', epoch: 3});
  t.deepEqual(viewOfFinding(finding({kind: 'late-predicted', classes: [3, 5]})), {
    tab: 'performance',
    focusClass: 3,
  });
});
