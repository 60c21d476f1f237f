import test from 'ava';
import type {RunSummary} from '#src/shared/index.js';
import {runLines, stateOfRun, type RunChoice} from '#ui/model/run-table.js';

function run(id: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    ...{id, name: 'mnist', createdAt: '', changedAt: null, live: false, status: 'finished', epochs: [0, 1]},
    ...{plannedEpochs: 1, trainingSamples: 100, classes: 10, tags: []},
    ...changes,
  };
}

const choice = (changes: Partial<RunChoice> = {}): RunChoice => ({
  ...{wanted: '', sort: {by: 'path', descending: false}, isGrouped: false},
  ...changes,
});

const found = (runs: RunSummary[], changes: Partial<RunChoice>, accuracies = {}) =>
  runLines(runs, accuracies, choice(changes)).lines.map(line =>
    line.kind === 'run' ? line.run.id : `${line.folder}: ${line.runs}`,
  );

const runs = [
  run('sweep/lr/run-10', {tags: ['wide', 'sgd'], epochs: [0, 7]}),
  run('sweep/lr/run-9', {live: true, status: 'training', epochs: [0]}),
  run('old', {name: 'CIFAR', trainingSamples: null}),
  run('broken', {problem: 'it is not JSON', epochs: []}),
];

test('words are found in path, name, state and tags, all of them, in any case', t => {
  t.deepEqual(found(runs, {wanted: 'SGD sweep'}), ['sweep/lr/run-10']);
  t.deepEqual(found(runs, {wanted: 'cifar'}), ['old']);
  t.deepEqual(found(runs, {wanted: 'training'}), ['sweep/lr/run-9']);
  t.deepEqual(found(runs, {wanted: 'sgd cifar'}), []);
});

test('between slashes is a regular expression; one that is none is reported, and hides nothing', t => {
  t.deepEqual(found(runs, {wanted: '/run-\\d\\d/'}), ['sweep/lr/run-10']);
  t.deepEqual(found(runs, {wanted: '/^old'}), ['old']);
  const {runs: all, problem} = runLines(runs, {}, choice({wanted: '/(/'}));
  t.is(all, 4);
  t.regex(problem ?? '', /Invalid regular expression/);
});

test('numbers in names are sorted by their value, and missing values are last either way', t => {
  t.deepEqual(found(runs, {}), ['broken', 'old', 'sweep/lr/run-9', 'sweep/lr/run-10']);
  const byEpochs = (descending: boolean) => found(runs, {sort: {by: 'epochs', descending}});
  t.deepEqual(byEpochs(false), ['sweep/lr/run-9', 'old', 'sweep/lr/run-10', 'broken']);
  t.deepEqual(byEpochs(true), ['sweep/lr/run-10', 'old', 'sweep/lr/run-9', 'broken']);
  const accuracies = {old: 0.5, 'sweep/lr/run-10': 0.9, 'sweep/lr/run-9': null};
  t.deepEqual(found(runs, {sort: {by: 'accuracy', descending: true}}, accuracies).slice(0, 2), [
    'sweep/lr/run-10',
    'old',
  ]);
});

test('grouped runs are below their folders, in the order chosen', t => {
  t.deepEqual(found(runs, {isGrouped: true, sort: {by: 'path', descending: true}}), [
    ': 2',
    'old',
    'broken',
    'sweep/lr: 2',
    'sweep/lr/run-10',
    'sweep/lr/run-9',
  ]);
});

test('a run whose process is gone without an end has stopped early', t => {
  t.is(stateOfRun(run('a', {status: 'training'})), 'stopped early');
  t.is(stateOfRun(run('a', {live: true, status: 'training', epochs: []})), 'starting');
  t.is(stateOfRun(run('a', {problem: 'x'})), 'cannot be opened');
});
