import test from 'ava';
import {missingValues} from '#ui/model/missing-values.js';
import {defaultState, type ViewState} from '#ui/model/view-state.js';
import {runInfo} from '../../support/run-folder.js';

const {layers, classes} = runInfo();
const [, conv, dense] = layers;
const run = {name: 'mine', epochs: [0, 2, 5], layers, classes};

function check(state: Partial<ViewState>) {
  return missingValues({...defaultState, ...state}, run, {layer: conv!, pair: [conv!, dense!]});
}

test('what a run has is not reported', t => {
  const there = {
    ...{epoch: 2, layer: conv!.name, channel: conv!.channels - 1, focusClass: classes.length - 1},
    ...{pair: {from: 0, to: dense!.channels - 1}, cell: {label: 0, predicted: 0}, zoom: 'all' as const},
  };
  t.deepEqual(check(there), {problems: [], instead: {}});
  t.deepEqual(check({}), {problems: [], instead: {}});
});

test('an epoch that was not captured is reported, with the nearest', t => {
  t.deepEqual(check({epoch: 99}), {
    problems: ['mine has no epoch 99, the nearest is 5'],
    instead: {epoch: 5},
  });
  t.deepEqual(check({epoch: 1}).instead, {epoch: 2}, 'the later of two that are as near');
});

test('layers, channels, pairs and pins that are not there are reported, each once', t => {
  t.deepEqual(check({layer: 'nope'}), {problems: ['mine has no layer nope'], instead: {layer: null}});
  t.deepEqual(check({from: 'nope', to: 'nope'}), {
    problems: ['mine has no layer nope'],
    instead: {from: null, to: null},
  });
  t.deepEqual(check({channel: 900}), {
    problems: [`${conv!.name} has no channel 900, it has 0..${conv!.channels - 1}`],
    instead: {channel: null},
  });
  t.deepEqual(check({pair: {from: 0, to: 900}}).instead, {pair: null});
  const pins = [
    {from: 0, to: 0},
    {from: 900, to: 0},
  ];
  t.deepEqual(check({pins}).instead, {pins: pins.slice(0, 1)});
});

test('classes that are not there are reported', t => {
  const last = classes.length - 1;
  t.deepEqual(check({focusClass: 40, samplesOf: 40}), {
    problems: [`mine has no class 40, it has 0..${last}`],
    instead: {focusClass: null, samplesOf: null},
  });
  t.deepEqual(check({compared: [0, 40]}).instead, {compared: [0]});
  t.deepEqual(check({cell: {label: 0, predicted: 40}}).instead, {cell: null});
  const unlabelled = missingValues(
    {...defaultState, focusClass: 1},
    {...run, classes: []},
    {layer: null, pair: null},
  );
  t.deepEqual(unlabelled.problems, ['mine has no classes']);
});
