import test from 'ava';
import {foldRepeated, sourcesOf} from '#src/analysis/findings/repeated-channels.js';
import type {ArchitectureNode, Finding, LayerInfo} from '#src/shared/index.js';
import {CONV} from '../../support/run-folder.js';

function node(name: string, className: string, ...inputs: string[]): ArchitectureNode {
  return {name, className, shape: [4, 4, 8], parameters: 0, inputs, captured: true};
}

function layersOf(...names: string[]): LayerInfo[] {
  return names.map((name, index) => ({...CONV, index, name, channels: 8}));
}

const GRAPH = [
  node('input', 'InputLayer'),
  node('conv', 'Conv2D', 'input'),
  node('bn', 'BatchNormalization', 'conv'),
  node('drop', 'Dropout', 'bn'),
  node('pool', 'MaxPooling2D', 'drop'),
  node('conv2', 'Conv2D', 'pool'),
  node('add', 'Add', 'pool', 'conv2'),
  node('relu', 'ReLU', 'add'),
];

test('a layer that passes channels on has the nearest captured layer above as its source', t => {
  const all = layersOf('input', 'conv', 'bn', 'pool', 'conv2', 'add', 'relu');
  t.deepEqual(Object.fromEntries(sourcesOf(all, GRAPH)), {bn: 'conv', pool: 'bn', relu: 'add'});
  const few = layersOf('conv', 'pool', 'relu');
  t.deepEqual(Object.fromEntries(sourcesOf(few, GRAPH)), {pool: 'conv'});
  const other = [...layersOf('conv'), {...CONV, name: 'pool', channels: 4}];
  t.is(sourcesOf(other, GRAPH).size, 0, 'other channels are not the same ones');
  const ring = [node('a', 'ReLU', 'b'), node('b', 'ReLU', 'a')];
  t.is(sourcesOf(layersOf('a'), ring).size, 0);
});

function finding(layer: string, channels: number[], changes: Partial<Finding> = {}): Finding {
  return {
    kind: 'dead-channels',
    level: 'attention',
    title: `dead in ${layer}`,
    layer,
    channels,
    evidence: '',
    basis: {},
    confidence: {grade: 'low', why: ''},
    ...changes,
  };
}

test('findings that only repeat those of the source are reported with it', t => {
  const sources = new Map([
    ['bn', 'conv'],
    ['pool', 'bn'],
  ]);
  const found = foldRepeated(
    [
      finding('conv', [1, 3]),
      finding('pool', [3, 1]),
      finding('bn', [1]),
      finding('pool', [1], {kind: 'near-dead-channels'}),
      finding('other', [1]),
    ],
    sources,
  );
  t.deepEqual(
    found.map(({title, kind}) => [title, kind]),
    [
      ['dead in conv; so in pool, bn', 'dead-channels'],
      ['dead in pool', 'near-dead-channels'],
      ['dead in other', 'dead-channels'],
    ],
  );
});

test('what a pooling adds is reported', t => {
  const sources = new Map([['pool', 'conv']]);
  const more = [finding('conv', [1]), finding('pool', [1, 2])];
  t.deepEqual(foldRepeated(more, sources), more);
  const pairs = (...of: [number, number][]): Partial<Finding> => ({kind: 'redundant-channels', pairs: of});
  const [conv, pool] = [
    finding('conv', [2], pairs([1, 2], [3, 4])),
    finding('pool', [4], pairs([3, 4])),
  ] as const;
  t.is(foldRepeated([conv, pool], sources).length, 1);
  const other = {...pool, pairs: [[1, 4]] as [number, number][]};
  t.is(foldRepeated([conv, other], sources).length, 2);
});
