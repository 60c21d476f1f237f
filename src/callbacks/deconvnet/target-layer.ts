import {outputInGraph} from '../output-in-graph.js';
import type {LayersModel, SymbolicTensor} from '../tensorflow.js';

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
  const output = outputInGraph(model, layer);
  if (output.shape.length < 2) {
    throw new RangeError(`deconvnet: the output of layer "${name}" has no channels, only [samples].`);
  }
  return output;
}
