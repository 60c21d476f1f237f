import test from 'ava';
import {parseQuery, printQuery, type Query} from '#src/shared/index.js';
import {cutClasses, cutEpochs, cutLayers, cutOf, withMeasure, type MeasureName} from '#ui/model/cut.js';
import {classesInWords, epochsInWords, layersInWords} from '#ui/model/cut-words.js';
import type {RunAxes} from '#ui/model/view-of-query.js';

const axes: RunAxes = {
  layers: [
    {index: 0, name: 'image', className: 'InputLayer', spatial: [8, 8], channels: 3},
    {index: 1, name: 'conv_1', className: 'Conv2D', spatial: [8, 8], channels: 16},
    {index: 2, name: 'conv 2', className: 'Conv2D', spatial: [4, 4], channels: 64},
    {index: 3, name: 'dense', className: 'Dense', spatial: [], channels: 10},
  ],
  classes: ['cat', 'dog', 'truck'],
  epochs: [0, 5, 10, 15],
  shown: 10,
};

const changed = (text: string, change: (query: Query) => Query) => printQuery(change(parseQuery(text)));
const layers = (text: string, from: number, to: number, rows: [number, number] | null = null) =>
  changed(text, query => cutLayers(query, axes, {from, to}, rows && {from: rows[0], to: rows[1]}));

test('layers cut are named: one, a range, or all', t => {
  t.is(layers('H(dCNN(*, dense, 3, 5))', 1, 1), 'H(dCNN(*, conv_1, *, 5))');
  t.is(layers('H(dCNN(*, dense, 3, 5))', 1, 3), 'H(dCNN(*, conv_1..dense, *, 5))');
  t.is(layers('H(dCNN(*, dense, 3, 5))', 1, 2), 'H(dCNN(*, conv_1.."conv 2", *, 5))');
  t.is(layers('H(dCNN(*, dense, 3, 5))', 0, 3), 'H(dCNN(*, *, *, 5))');
});

test('a box over layers and channels names both, and leaves out the layers that it goes past', t => {
  t.is(layers('H(dCNN(*, dense, *, 5))', 1, 2, [4, 11]), 'H(dCNN(*, conv_1.."conv 2", 4..11, 5))');
  t.is(layers('H(dCNN(*, dense, *, 5))', 0, 2, [4, 11]), 'H(dCNN(*, {conv_1,"conv 2"}, 4..11, 5))');
  t.is(layers('H(dCNN(*, dense, *, 5))', 1, 1, [7, 7]), 'H(dCNN(*, conv_1, 7, 5))');
  t.is(layers('H(dCNN(*, dense, *, 5))', 1, 1, [0, 40]), 'H(dCNN(*, conv_1, *, 5))', 'every channel of it');
  t.is(layers('H(dCNN(*, dense, *, 5))', 0, 0, [20, 30]), 'H(dCNN(*, dense, *, 5))', 'it has no such rows');
});

test('what is around the slice stays: options and aggregates', t => {
  t.is(
    layers('mean(Hx(dCNN(label=*, dense, *, 5), k=3) over class)', 1, 1),
    'mean(Hx(dCNN(label=*, conv_1, *, 5), k=3) over class)',
  );
});

test('a capacity takes the first and the last layer', t => {
  const capacity = 'C(dCNN(*, image, *, 5), dCNN(*, dense, *, 5), bins=8)';
  t.is(layers(capacity, 1, 2, [0, 3]), 'C(dCNN(*, conv_1, 0..3, 5), dCNN(*, "conv 2", 0..3, 5), bins=8)');
});

test('a class entropy, which has no layer, becomes the entropy of the layers cut', t => {
  t.is(layers('H(label | y=1, epoch=5)', 1, 1), 'H(dCNN(label=1, conv_1, *, 5))');
});

test('classes cut are those of the samples, or of a class entropy', t => {
  const classes = (text: string, span: [number, number] | null) =>
    changed(text, query => cutClasses(query, axes, span && {from: span[0], to: span[1]}));
  t.is(classes('H(dCNN(*, 1, *, 5))', [1, 1]), 'H(dCNN(label=1, 1, *, 5))');
  t.is(classes('H(dCNN(*, 1, *, 5))', [0, 1]), 'H(dCNN(label=0..1, 1, *, 5))');
  t.is(classes('H(dCNN(*, 1, *, 5))', [0, 2]), 'H(dCNN(label=*, 1, *, 5))');
  t.is(classes('H(dCNN(label=2, 1, *, 5))', null), 'H(dCNN(*, 1, *, 5))');
  t.is(classes('H(label | y)', [1, 2]), 'H(label | y=1..2)');
  t.is(
    classes('C(dCNN(*, 1, *, 5), dCNN(*, 2, *, 5))', [1, 1]),
    'C(dCNN(label=1, 1, *, 5), dCNN(label=1, 2, *, 5))',
  );
});

test('epochs cut are a range of them, one, or all', t => {
  const epochs = (text: string, span: [number, number] | null) =>
    changed(text, query => cutEpochs(query, axes, span && {from: span[0], to: span[1]}));
  t.is(epochs('H(dCNN(*, 1, *, 5))', [5, 10]), 'H(dCNN(*, 1, *, 5..10))');
  t.is(epochs('H(dCNN(*, 1, *, 5))', [10, 10]), 'H(dCNN(*, 1, *, 10))');
  t.is(epochs('H(dCNN(*, 1, *, 5))', [0, 15]), 'H(dCNN(*, 1, *, *))');
  t.is(epochs('H(dCNN(*, 1, *, 5))', null), 'H(dCNN(*, 1, *, *))');
  t.is(epochs('H(y | label)', [0, 5]), 'H(y | label, epoch=0..5)');
});

test('another measure is of the same cut', t => {
  const as = (text: string, name: MeasureName) => changed(text, query => withMeasure(query, name, axes));
  const slice = 'dCNN(label=1, 1..2, 0..3, 5)';
  t.is(as(`mean(H(${slice}, bins=8) over channel)`, 'H'), `H(${slice}, bins=8)`);
  t.is(as(`H(${slice})`, 'Hx'), `Hx(${slice})`);
  t.is(as(`Hx(${slice}, k=3)`, 'dCNN'), slice);
  t.is(as(`H(${slice})`, 'C'), 'C(dCNN(label=1, conv_1, 0..3, 5), dCNN(label=1, "conv 2", 0..3, 5))');
  t.is(as(`H(${slice})`, 'H(label|y)'), 'H(label | y=1, epoch=5)');
  t.is(as('H(label | y)', 'H(y|label)'), 'H(y | label)');
  t.is(as('H(label | y)', 'C'), 'C(dCNN(*, image, *, 10), dCNN(*, dense, *, 10))');
});

test('the cut is what the slices name of the run, and no more', t => {
  const cut = cutOf(parseQuery('H(dCNN(label={0,truck}, 1..9, 10..20, 3..99))'), axes);
  t.deepEqual(
    [...cut.layers],
    [
      [1, [10, 11, 12, 13, 14, 15]],
      [2, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]],
      [3, []],
    ],
  );
  t.deepEqual(cut.classes, [0, 2]);
  t.deepEqual(cut.epochs, [5, 10, 15]);
  t.deepEqual(cutOf(parseQuery('H(label | y)'), axes), {
    layers: new Map(),
    classes: null,
    epochs: [0, 5, 10, 15],
  });
});

test('a cut is described in words', t => {
  const words = (text: string) => {
    const cut = cutOf(parseQuery(text), axes);
    return [layersInWords(cut, axes), classesInWords(cut, axes), epochsInWords(cut, axes)];
  };
  t.deepEqual(words('H(dCNN(*, *, *, *))'), ['all layers · all channels', 'all together', 'all 4']);
  t.deepEqual(words('H(dCNN(label=*, 1..2, 3, 5))'), ['conv_1..conv 2 · channel 3', 'each', '5']);
  t.deepEqual(words('H(dCNN(label={0,2}, {0,2}, {1,4..6}, {0,5}))'), [
    'image, conv 2 · channel 1',
    '0 cat, 2 truck',
    '0..5',
  ]);
  t.deepEqual(words('H(y | label, epoch={0,10})'), ['from the predictions', 'all together', '2 epochs']);
});
