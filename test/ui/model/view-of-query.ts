import test from 'ava';
import {parseQuery, printQuery} from '#src/shared/index.js';
import {queryOfView} from '#ui/model/query-of-view.js';
import {viewOfQuery, type RunAxes} from '#ui/model/view-of-query.js';

const axes: RunAxes = {
  layers: [
    {index: 0, name: 'image', className: 'InputLayer', spatial: [8, 8], channels: 3},
    {index: 1, name: 'conv_1', className: 'Conv2D', spatial: [8, 8], channels: 16},
    {index: 2, name: 'conv_2', className: 'Conv2D', spatial: [4, 4], channels: 64},
  ],
  classes: ['cat', 'dog', 'truck'],
  epochs: [0, 5, 10, 15],
  shown: 10,
};
const shown = (text: string, epoch = 10) => viewOfQuery(parseQuery(text), {...axes, shown: epoch});

test('entropies of channels lead to the channel view of the first layer that is no input', t => {
  t.deepEqual(shown('H(dCNN(*, *, *, 5))'), {
    ...{tab: 'channels', layer: 'conv_1', channel: null, lines: 'all', focusClass: null, epoch: 5},
  });
  t.deepEqual(shown('H(dCNN(label=2, conv_2, 7, 10))'), {
    ...{tab: 'channels', layer: 'conv_2', channel: 7, lines: 'classes', focusClass: 2},
  });
});

test('the clock stays where the question has it, and else goes to its last epoch', t => {
  t.is(shown('H(dCNN(*, 1, *, 0..10))', 5).epoch, undefined);
  t.is(shown('H(dCNN(*, 1, *, 0..10))', 15).epoch, 10);
  t.is(shown('H(dCNN(*, 1, *, 99))').epoch, undefined, 'an epoch that is not there moves nothing');
});

test('a capacity leads to the layer view of its pair, one of two channels to their cell', t => {
  t.deepEqual(shown('C(dCNN(label=1, conv_1, *, 10), dCNN(label=1, 2, *, 10))'), {
    ...{tab: 'layers', from: 'conv_1', to: 'conv_2', pair: null, pins: [], focusClass: 1},
  });
  t.deepEqual(shown('C(dCNN(*, 1, 3, 10), dCNN(*, 2, 9, 10))').pair, {from: 3, to: 9});
});

test('class entropies and inter-sample entropies lead to the performance view', t => {
  t.deepEqual(shown('H(label | y=truck, epoch=5)'), {tab: 'performance', focusClass: 2, epoch: 5});
  t.deepEqual(shown('H(y | label)'), {tab: 'performance', focusClass: null});
  t.deepEqual(shown('Hx(dCNN(*, conv_2, *, 10))'), {
    ...{tab: 'performance', layerMeasure: 'inter-sample entropy', layer: 'conv_2', focusClass: null},
  });
});

test('maps open the channel with the samples of their class', t => {
  t.deepEqual(shown('dCNN(label=0, conv_1, 4..6, 10)'), {
    ...{tab: 'channels', layer: 'conv_1', channel: 4, samplesOf: 0, focusClass: 0},
  });
});

test('an aggregate leads to where its measure is seen', t => {
  t.is(shown('std(mean(H(dCNN(label=*, conv_1, *, *)) over channel) over class)').tab, 'channels');
});

test('what the open view shows is a question that leads back to it', t => {
  const state = {focusClass: null, channel: null, pair: null};
  const now = {epoch: 10, layer: 'conv_2', pair: ['conv_1', 'conv_2'] as const};
  const printed = (query: ReturnType<typeof queryOfView>) => query && printQuery(query);
  t.is(printed(queryOfView({...state, tab: 'performance'}, now)), 'H(label | y)');
  t.is(printed(queryOfView({...state, tab: 'channels', channel: 3}, now)), 'H(dCNN(*, conv_2, 3, 10))');
  t.is(
    printed(queryOfView({...state, tab: 'layers', focusClass: 1, pair: {from: 2, to: 9}}, now)),
    'C(dCNN(label=1, conv_1, 2, 10), dCNN(label=1, conv_2, 9, 10))',
  );
  t.is(queryOfView({...state, tab: 'layers'}, {...now, pair: null}), null);
  for (const tab of ['performance', 'channels', 'layers'] as const) {
    const query = queryOfView({...state, tab}, now);
    t.is(query && viewOfQuery(query, axes).tab, tab);
  }
});
