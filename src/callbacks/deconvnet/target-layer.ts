import type {Layer, LayersModel, SymbolicTensor} from '../tensorflow.js';

/**
 * The output of a layer in the graph of a model; of a shared layer, the first.
 *
 * @throws {RangeError} if the model has no layer of that name, or its output has no channel axis.
 */
export function findOutput(model: LayersModel, name: string): SymbolicTensor {
  const layer = model.layers.find(candidate => candidate.name === name);
  if (!layer) {
    const known = model.layers.map(candidate => candidate.name).join(', ');
    throw new RangeError(`deconvnet: the model has no layer "${name}"; it has ${known}.`);
  }
  const output = outputsInGraph(model, layer)[0] ?? firstOutput(layer);
  if (output.shape.length < 2) {
    throw new RangeError(`deconvnet: the output of layer "${name}" has no channels, only [samples].`);
  }
  return output;
}

/** A layer may also have been called for other models: only the calls that lead to the model's outputs count. */
function outputsInGraph(model: LayersModel, layer: Layer): SymbolicTensor[] {
  const seen = new Set<SymbolicTensor>();
  const pending = [...model.outputs];
  for (let symbolic = pending.pop(); symbolic; symbolic = pending.pop()) {
    if (seen.has(symbolic)) continue;
    seen.add(symbolic);
    pending.push(...(symbolic.sourceLayer.inboundNodes[symbolic.nodeIndex]?.inputTensors ?? []));
  }
  return [...seen]
    .filter(symbolic => symbolic.sourceLayer === layer)
    .sort((a, b) => a.nodeIndex - b.nodeIndex || a.tensorIndex - b.tensorIndex);
}

/** For a model that begins a Sequential: its layers are then part of the outer graph, it is not. */
function firstOutput(layer: Layer): SymbolicTensor {
  const output = layer.getOutputAt(0);
  return Array.isArray(output) ? (output[0] as SymbolicTensor) : output;
}
