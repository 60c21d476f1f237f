import test from 'ava';
import fc from 'fast-check';
import {decodeState, encodeState} from '#ui/state/url.js';
import {LAYER_MEASURES} from '#src/shared/index.js';
import {defaultState, type ViewState} from '#ui/model/view-state.js';

const index = fc.nat({max: 999_999_999});
const channelPair = fc.record({from: index, to: index});
const text = fc.string({unit: 'grapheme', maxLength: 30});
/** An empty text in an address says nothing. */
const someText = fc.string({unit: 'grapheme', minLength: 1, maxLength: 30});

const states: fc.Arbitrary<ViewState> = fc.record({
  runs: fc.uniqueArray(text, {maxLength: 5}),
  epoch: fc.option(index),
  tab: fc.constantFrom('performance', 'layers', 'channels'),
  theme: fc.constantFrom('system', 'light', 'dark'),
  layer: fc.option(someText),
  channel: fc.option(index),
  from: fc.option(someText),
  to: fc.option(someText),
  pair: fc.option(channelPair),
  pins: fc.array(channelPair, {maxLength: 4}),
  zoom: fc.option(fc.oneof(index, fc.constant('all' as const))),
  samplesOf: fc.option(index),
  compared: fc.array(index, {maxLength: 3}),
  focusClass: fc.option(index),
  cell: fc.option(fc.record({label: index, predicted: index})),
  confusion: fc.constantFrom('counts', 'shares'),
  confusionScale: fc.constantFrom('linear', 'log', 'errors'),
  layerMeasure: fc.constantFrom(...LAYER_MEASURES.map(({title}) => title)),
  interSample: fc.constantFrom('bits', 'deficit'),
  entropyLines: fc.constantFrom('classes', 'runs'),
  smoothing: fc.nat({max: 99}),
  lines: fc.constantFrom('all', 'classes'),
  scale: fc.constantFrom('fixed', 'own'),
  rowOrder: fc.constantFrom('natural', 'mean', 'max'),
  columnOrder: fc.constantFrom('natural', 'mean', 'max'),
  capacityScale: fc.constantFrom('run', 'epoch'),
  capacityAxes: fc.constantFrom('down', 'across'),
  baseline: fc.boolean(),
  sort: fc.constantFrom('index', 'final', 'change'),
  query: fc.option(someText),
  draft: fc.option(text),
  rail: fc.constantFrom(null, 'open', 'icons'),
  blocks: fc.uniqueArray(text, {maxLength: 3}),
  full: fc.option(someText),
});

test('every state survives the way into an address and back', t => {
  fc.assert(
    fc.property(states, state => {
      const {state: decoded, problems} = decodeState(encodeState(state));
      t.deepEqual(decoded, state);
      t.deepEqual(problems, []);
    }),
    {seed: 1, numRuns: 500},
  );
});

test('any text at all decodes to a state that an address can hold', t => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webQueryParameters()), garbage => {
      const {state} = decodeState(garbage);
      t.deepEqual(decodeState(encodeState(state)).state, state);
    }),
    {seed: 2, numRuns: 500},
  );
});

test('the default state leaves the address bare', t => {
  t.is(encodeState({...defaultState}), '');
  t.deepEqual(decodeState(''), {state: {...defaultState}, problems: []});
});

test('a readable address names runs, epoch, layer and class as people call them', t => {
  const state: ViewState = {...defaultState, runs: ['a b', 'c'], epoch: 3, layer: 'conv2d_1', focusClass: 6};
  t.is(encodeState(state), 'run=a+b&run=c&epoch=3&layer=conv2d_1&class=6');
});

test('parts that cannot be used fall back to their defaults, each with a sentence', t => {
  const {state, problems} = decodeState('epoch=-2&tab=settings&cell=3&sort=final&colour=red');
  t.deepEqual(state, {...defaultState, sort: 'final'});
  t.deepEqual(problems, [
    'epoch=-2 is not valid',
    'tab=settings is not valid',
    'cell=3 is not valid',
    'colour is not part of a link',
  ]);
});
