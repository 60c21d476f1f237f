import {graphCalls} from '../model-graph.js';
import type {LayersModel, SymbolicTensor} from '../tensorflow.js';

/**
 * The output of a layer in the graph of a model, by the name it has in a run: a shared layer's further calls have a
 * number.
 *
 * @throws {RangeError} if the model has no layer of that name, or its output has no channel axis.
 */
export function findOutput(model: LayersModel, name: string): SymbolicTensor {
  const calls = graphCalls(model);
  const output = calls.find(call => call.name === name)?.output ?? ownOutput(model, name);
  if (!output) {
    const known = calls.filter(({layer}) => layer.getClassName() !== 'InputLayer').map(call => call.name);
    throw new RangeError(`deconvnet: the model has no layer "${name}"; it has ${known.join(', ')}.`);
  }
  if (output.shape.length < 2) {
    throw new RangeError(`deconvnet: the output of layer "${name}" has no channels, only [samples].`);
  }
  return output;
}

/** For a model that begins a Sequential: its layers are then part of the outer graph, it is not. */
function ownOutput(model: LayersModel, name: string): SymbolicTensor | undefined {
  const layer = model.layers.find(candidate => candidate.name === name);
  return layer && [layer.getOutputAt(0)].flat()[0];
}
