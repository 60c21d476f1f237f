import type {GraphNode} from '#src/shared/recording/tensorboard-parts.js';
import test from 'ava';
import {encodeGraph, graphType} from '#src/tensorboard/graph.js';

const input: GraphNode = {name: 'in', op: 'InputLayer', inputs: [], shapes: [[null, 28, 28, 1]]};

test('nodes, arrows, shapes and attributes read back; an open extent is -1', t => {
  const bytes = encodeGraph([
    input,
    {
      name: 'block/conv',
      op: 'Conv2D',
      inputs: ['in', 'in:1'],
      shapes: [[null, 26, 26, 8], [8]],
      attributes: {activation: 'relu'},
    },
  ]);
  const read = graphType.toObject(graphType.decode(bytes), {longs: Number, bytes: String}) as {
    node: Record<string, unknown>[];
  };
  const shape = (...sizes: number[]) => ({dim: sizes.map(size => ({size}))});
  t.deepEqual(read.node[1], {
    name: 'block/conv',
    op: 'Conv2D',
    input: ['in', 'in:1'],
    attr: {
      activation: {s: Buffer.from('relu').toString('base64')},
      _output_shapes: {list: {shape: [shape(-1, 26, 26, 8), shape(8)]}},
    },
  });
});

test('a name that comes twice and an input from nowhere are refused', t => {
  t.throws(() => encodeGraph([input, input]), {
    instanceOf: RangeError,
    message: 'EventWriter.graph: two nodes are called "in".',
  });
  t.throws(() => encodeGraph([{...input, inputs: ['out']}]), {
    instanceOf: RangeError,
    message: 'EventWriter.graph: node "in" takes its input from "out", which is no node.',
  });
});
