import type {GraphNode} from '../shared/recording/tensorboard-parts.js';
import protobuf from 'protobufjs';

/** As in TensorFlow's `graph.proto`, `node_def.proto`, `attr_value.proto`, `tensor_shape.proto` and `versions.proto`. */
const source = `
  syntax = "proto3";

  message GraphDef {
    repeated NodeDef node = 1;
    VersionDef versions = 4;
  }

  message VersionDef {
    int32 producer = 1;
  }

  message NodeDef {
    string name = 1;
    string op = 2;
    repeated string input = 3;
    map<string, AttrValue> attr = 5;
  }

  message AttrValue {
    message ListValue {
      repeated TensorShapeProto shape = 7;
    }
    oneof value {
      ListValue list = 1;
      bytes s = 2;
    }
  }

  message TensorShapeProto {
    message Dim {
      int64 size = 1;
    }
    repeated Dim dim = 2;
  }
`;

/** A version of TensorFlow's graphs that every TensorBoard reads. */
const PRODUCER = 22;

/** The runtime type of `GraphDef`: its `decode` reads what `encodeGraph` wrote. */
export const graphType = protobuf.parse(source).root.lookupType('GraphDef');

/**
 * Serialises a graph.
 *
 * @throws {RangeError} if a name comes twice, or an input names no node.
 */
export function encodeGraph(nodes: readonly GraphNode[]): Uint8Array {
  const names = new Set<string>();
  for (const {name} of nodes) {
    if (names.has(name)) throw new RangeError(`EventWriter.graph: two nodes are called "${name}".`);
    names.add(name);
  }
  for (const {name, inputs} of nodes) {
    const unknown = inputs.find(input => !names.has(input.replace(/:\d+$/, '')));
    if (unknown !== undefined) {
      throw new RangeError(
        `EventWriter.graph: node "${name}" takes its input from "${unknown}", which is no node.`,
      );
    }
  }
  return graphType
    .encode(graphType.fromObject({node: nodes.map(nodeDef), versions: {producer: PRODUCER}}))
    .finish();
}

function nodeDef({name, op, inputs, shapes, attributes = {}}: GraphNode): Record<string, unknown> {
  const encoder = new TextEncoder();
  const texts = Object.entries(attributes).map(([key, text]) => [key, {s: encoder.encode(text)}] as const);
  const outputs = shapes.map(shape => ({dim: shape.map(extent => ({size: extent ?? -1}))}));
  return {
    name,
    op,
    input: inputs,
    attr: {...Object.fromEntries(texts), _output_shapes: {list: {shape: outputs}}},
  };
}
