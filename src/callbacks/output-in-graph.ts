import type {Layer, LayersModel, SymbolicTensor} from './tensorflow.js';

/**
 * The output of a layer in the graph of a model; of a shared layer, the first. A layer may also have been called for
 * other models, and a nested model knows its own graph first: only the calls that lead to the model's outputs count.
 */
export function outputInGraph(model: LayersModel, layer: Layer): SymbolicTensor {
  const seen = new Set<SymbolicTensor>();
  const pending = [...model.outputs];
  for (let symbolic = pending.pop(); symbolic; symbolic = pending.pop()) {
    if (seen.has(symbolic)) continue;
    seen.add(symbolic);
    pending.push(...(symbolic.sourceLayer.inboundNodes[symbolic.nodeIndex]?.inputTensors ?? []));
  }
  const [first] = [...seen]
    .filter(symbolic => symbolic.sourceLayer === layer)
    .sort((a, b) => a.nodeIndex - b.nodeIndex || a.tensorIndex - b.tensorIndex);
  return first ?? ownOutput(layer);
}

/** For a model that begins a Sequential: its layers are then part of the outer graph, it is not. */
function ownOutput(layer: Layer): SymbolicTensor {
  const output = layer.getOutputAt(0);
  return Array.isArray(output) ? (output[0] as SymbolicTensor) : output;
}
