import {freeName} from '../shared/free-name.js';
import type {Layer, LayersModel, SymbolicTensor} from './tensorflow.js';

/** One call of a layer in the graph of a model: a shared layer has several, each with its own maps. */
export interface GraphCall {
  /** Unique in the graph: the layer's name, for its further calls with their number, `encoder.2`. */
  name: string;
  layer: Layer;
  inputs: SymbolicTensor[];
  /** The first that leads to an output of the model. */
  output: SymbolicTensor;
  /** All that the call gives; several of an LSTM that returns its state, or of a nested model. */
  outputs: SymbolicTensor[];
  /** Counted from 0 among the calls of its layer. */
  repetition: number;
}

/**
 * The calls that lead to a model's outputs, in the order of `model.layers`. A layer may also have been called for other
 * models; those calls are not among them. A nested model is one call. A sequential model that begins with another has
 * that one's layers in its own graph, and then the order is that of the data.
 */
export function graphCalls(model: LayersModel): GraphCall[] {
  const outputs = new Map<Layer, Map<number, SymbolicTensor[]>>();
  const seen = new Set<SymbolicTensor>();
  const visit = (symbolic: SymbolicTensor) => {
    if (seen.has(symbolic)) return;
    seen.add(symbolic);
    const {sourceLayer: layer, nodeIndex} = symbolic;
    inputsOf(symbolic).forEach(visit);
    const nodes = outputs.get(layer) ?? new Map<number, SymbolicTensor[]>();
    nodes.set(nodeIndex, [...(nodes.get(nodeIndex) ?? []), symbolic]);
    outputs.set(layer, nodes);
  };
  model.outputs.forEach(visit);
  const taken = new Set([...outputs.keys()].map(layer => layer.name));
  return inOrder([...outputs.keys()], model).flatMap(layer =>
    [...(outputs.get(layer) ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([, tensors], repetition) => {
        const [output] = tensors.sort((a, b) => a.tensorIndex - b.tensorIndex) as [SymbolicTensor];
        const name =
          repetition === 0
            ? layer.name
            : freeName(`${layer.name}.${repetition + 1}`, taken, name => `${name}_`);
        const outputs = layer.inboundNodes[output.nodeIndex]?.outputTensors ?? [output];
        return {name, layer, inputs: inputsOf(output), output, outputs, repetition};
      }),
  );
}

/** Returns the inputs of the call that made a symbolic tensor; empty for an input of the model. */
export function inputsOf({sourceLayer, nodeIndex}: SymbolicTensor): SymbolicTensor[] {
  const node = sourceLayer.inboundNodes[nodeIndex];
  // tfjs lists an InputLayer's own tensor as its input.
  return node && node.inboundLayers.length > 0 ? node.inputTensors : [];
}

function inOrder(layers: Layer[], model: LayersModel): Layer[] {
  const position = new Map(model.layers.map((layer, i) => [layer, i]));
  if (layers.some(layer => !position.has(layer) && layer.getClassName() !== 'InputLayer')) return layers;
  return layers.sort((a, b) => (position.get(a) ?? -1) - (position.get(b) ?? -1));
}
