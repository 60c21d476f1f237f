import {layerOutputs, type LayerOutput} from '../model/layer-outputs.js';
import type {LayersModel} from '../model/tensorflow.js';

/** Start of a projection: one output of a layer, and the nested models that contain it. */
export type Target = Pick<LayerOutput, 'output' | 'within'>;

/**
 * The output of a layer in the graph of a model, by the name it has in a run: of a nested model's layers or, as a box, of
 * the model itself; a shared layer's further calls, and further outputs, have a number.
 *
 * @throws {RangeError} if the model has no layer of that name, or its output has no channel axis.
 */
export function findTarget(model: LayersModel, name: string): Target {
  const outputs = layerOutputs(model);
  const byName = (known: readonly LayerOutput[]) => known.find(output => output.name === name);
  const target = byName(outputs) ?? byName(layerOutputs(model, 'boxes')) ?? ownTarget(model, name);
  if (!target) {
    const known = outputs.filter(({layer}) => layer.getClassName() !== 'InputLayer');
    throw new RangeError(
      `deconvnet: the model has no layer "${name}"; it has ${known.map(output => output.name).join(', ')}.`,
    );
  }
  if (target.output.shape.length < 2) {
    throw new RangeError(`deconvnet: the output of layer "${name}" has no channels, only [samples].`);
  }
  return target;
}

/** Set for a model at the start of a Sequential: its layers are then part of the outer graph, it is not. */
function ownTarget(model: LayersModel, name: string): Target | undefined {
  const layer = model.layers.find(candidate => candidate.name === name);
  const output = layer && [layer.getOutputAt(0)].flat()[0];
  return output && {output, within: []};
}
