import {channelAxes, channelsLast, inputOrders} from '../model/channel-axis.js';
import {graphCalls} from '../model/model-graph.js';
import type {Layer, LayersModel, SymbolicTensor, Tensor} from '../model/tensorflow.js';
import type {Target} from './target-layer.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/** A value passed from one layer to the next. Compared by identity: layers that return their input share its tensor. */
export interface Value {
  readonly tensor: Tensor;
}

/** One call of one layer; a shared layer has several. */
export interface LayerCall {
  layer: Layer;
  inputs: Value[];
  outputs: Value[];
}

/** A forward pass from the model's inputs to one tensor, layer by layer. */
export interface Recording {
  inputs: Value[];
  /** Ordered so that every call is after those that feed it. */
  calls: LayerCall[];
  output: Value;
  /** The order of axes that brings the output's channels to the end; null where they are there already. */
  order: number[] | null;
  /** The same for each input. */
  inputOrders: (number[] | null)[];
}

/**
 * Runs the layers that the target depends on, not training, and keeps what each took and gave. A nested model is not a
 * separate call: its layers are.
 *
 * @param xs - One tensor for each input of the model.
 * @throws {Error} for a Masking layer: layers after it would need its mask.
 */
export function recordCalls(
  tf: Pick<DeconvnetTensorFlow, 'LayersModel'>,
  model: LayersModel,
  {output, within}: Target,
  xs: Tensor[],
): Recording {
  const calls: LayerCall[] = [];
  const inputs = xs.map(tensor => ({tensor}));
  const run = (container: LayersModel, fed: Value[], wanted: SymbolicTensor[]): Value[] => {
    const known = new Map(container.inputs.map((input, i) => [input, fed[i] as Value]));
    const evaluate = (symbolic: SymbolicTensor): Value => {
      const value = known.get(symbolic);
      if (value) return value;
      const {sourceLayer: layer, nodeIndex} = symbolic;
      const node = layer.inboundNodes[nodeIndex] as Layer['inboundNodes'][number];
      const taken = node.inputTensors.map(evaluate);
      const given = layer instanceof tf.LayersModel ? run(layer, taken, layer.outputs) : call(layer, taken);
      node.outputTensors.forEach((tensor, i) => known.set(tensor, given[i] as Value));
      return known.get(symbolic) as Value;
    };
    return wanted.map(evaluate);
  };
  const call = (layer: Layer, taken: Value[]): Value[] => {
    if (layer.getClassName() === 'Masking')
      throw new Error(`deconvnet: layer "${layer.name}" is a Masking layer; masks are not supported.`);
    const xs = taken.map(({tensor}) => tensor);
    const outputs = callLayer(layer, xs).map(tensor => ({tensor}));
    calls.push({layer, inputs: taken, outputs});
    return outputs;
  };
  let container = model;
  let fed: Value[] = inputs;
  for (const {layer, inputs: taken} of within) {
    fed = run(container, fed, taken);
    container = layer as LayersModel;
  }
  const [last] = run(container, fed, [output]);
  const axis = channelAxes(graphCalls(container))(output);
  return {
    inputs,
    calls,
    output: last as Value,
    order: channelsLast(output.shape.length, axis),
    inputOrders: inputOrders(model),
  };
}

/** All outputs of a layer for concrete inputs, as it behaves when it does not train. */
export function callLayer(layer: Layer, xs: Tensor[]): Tensor[] {
  const outputs = layer.apply(xs.length === 1 ? (xs[0] as Tensor) : xs, {training: false});
  return (Array.isArray(outputs) ? outputs : [outputs]) as Tensor[];
}

/** The tensors of a recording, each once. */
export function recordedTensors({inputs, calls}: Recording): Tensor[] {
  const values = [...inputs, ...calls.flatMap(({outputs}) => outputs)];
  return [...new Set(values.map(({tensor}) => tensor))];
}
