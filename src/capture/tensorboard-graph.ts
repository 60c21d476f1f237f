import {freeName} from '../shared/free-name.js';
import type {GraphNode} from '../shared/recording/tensorboard-parts.js';
import type {Layer, LayersModel, SymbolicTensor, TensorFlow} from '../model/tensorflow.js';

/** The part of a layer's configuration that is shown with its node. */
const SHOWN = ['filters', 'kernelSize', 'strides', 'padding', 'poolSize', 'units', 'activation', 'rate'];

/**
 * The graph of a model for TensorBoard: a node for each call of a layer, also of a shared one, and a box that opens for
 * each model inside the model. tfjs allows names for layers that TensorFlow allows for nodes.
 */
export function tensorBoardGraph(tf: Pick<TensorFlow, 'LayersModel'>, model: LayersModel): GraphNode[] {
  const nodes: GraphNode[] = [];
  const taken = new Set<string>();
  const add = (name: string, node: Omit<GraphNode, 'name'>): string => {
    const free = freeName(name, taken);
    nodes.push({name: free, ...node});
    return free;
  };
  /** @returns The source of each output of the model. */
  const addModel = (container: LayersModel, box: string, fed: string[]): string[] => {
    const sources = new Map<SymbolicTensor, string>();
    container.inputs.forEach((input, i) => {
      const inputs = fed.slice(i, i + 1);
      const name = box + input.sourceLayer.name;
      sources.set(input, add(name, {op: 'InputLayer', inputs, shapes: [input.shape]}));
    });
    const sourceOf = (symbolic: SymbolicTensor): string => {
      if (!sources.has(symbolic)) addCall(symbolic);
      return sources.get(symbolic) as string;
    };
    const addCall = ({sourceLayer: layer, nodeIndex}: SymbolicTensor): void => {
      const {inputTensors, outputTensors} = layer.inboundNodes[nodeIndex] as Layer['inboundNodes'][number];
      const inputs = inputTensors.map(sourceOf);
      const name = box + layer.name;
      const outputs =
        layer instanceof tf.LayersModel
          ? addModel(layer, `${freeName(name, taken)}/`, inputs)
          : outputsOf(add(name, describe(layer, inputs, outputTensors)), outputTensors.length);
      outputTensors.forEach((tensor, i) => sources.set(tensor, outputs[i] as string));
    };
    return container.outputs.map(sourceOf);
  };
  addModel(model, '', []);
  return nodes;
}

function describe(layer: Layer, inputs: string[], outputs: SymbolicTensor[]): Omit<GraphNode, 'name'> {
  const config = layer.getConfig();
  const shown = SHOWN.filter(key => config[key] !== undefined && config[key] !== null);
  return {
    op: layer.getClassName(),
    inputs,
    shapes: outputs.map(({shape}) => shape),
    attributes: {
      parameters: String(layer.countParams()),
      ...Object.fromEntries(shown.map(key => [key, JSON.stringify(config[key]).replaceAll('"', '')])),
    },
  };
}

function outputsOf(name: string, count: number): string[] {
  return Array.from({length: count}, (_, i) => (i === 0 ? name : `${name}:${i}`));
}
