import test from 'ava';
import type {RunSummary} from '#src/shared/index.js';
import {runChanges} from '#src/server/run-changes.js';
import type {RunState} from '#src/server/run-state.js';

function state(id: string, versions: Record<number, string>, changes: Partial<RunSummary> = {}): RunState {
  const epochs = Object.keys(versions).map(Number);
  const summary: RunSummary = {
    id,
    name: id,
    createdAt: '',
    changedAt: null,
    live: true,
    status: 'training',
    epochs,
    plannedEpochs: 9,
    trainingSamples: null,
    classes: 0,
    tags: [],
    ...changes,
  };
  return {summary, versions: new Map(epochs.map(epoch => [epoch, versions[epoch] as string]))};
}

test('nothing has happened between two equal looks', t => {
  t.deepEqual(runChanges([], []), {list: false, epochs: []});
  t.deepEqual(runChanges([state('a', {0: 'x'})], [state('a', {0: 'x'})]), {list: false, epochs: []});
});

test('a new epoch, or one with other content, is an epoch and not a new list', t => {
  t.deepEqual(runChanges([state('a', {0: 'x'})], [state('a', {0: 'x', 1: 'y', 2: 'z'})]), {
    list: false,
    epochs: [
      {run: 'a', epoch: 1},
      {run: 'a', epoch: 2},
    ],
  });
  t.deepEqual(runChanges([state('a', {0: 'x'})], [state('a', {0: 'y'})]), {
    list: false,
    epochs: [{run: 'a', epoch: 0}],
  });
});

test('a new run is a new list, and its epochs follow', t => {
  t.deepEqual(runChanges([state('a', {})], [state('a', {}), state('b', {0: 'x'})]), {
    list: true,
    epochs: [{run: 'b', epoch: 0}],
  });
});

test('a run that goes, is replaced, loses epochs or changes otherwise is a new list', t => {
  t.true(runChanges([state('a', {})], []).list);
  t.true(runChanges([state('a', {})], [state('b', {})]).list);
  t.true(runChanges([state('a', {0: 'x', 1: 'x'})], [state('a', {0: 'x'})]).list);
  t.true(runChanges([state('a', {})], [state('a', {}, {live: false})]).list);
  t.true(runChanges([state('a', {})], [state('a', {}, {status: 'finished'})]).list);
  t.true(runChanges([state('a', {})], [state('a', {}, {problem: 'broken'})]).list);
});
