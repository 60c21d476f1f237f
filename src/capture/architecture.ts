import type {ArchitectureNode} from '../shared/index.js';
import {isModel} from '../model/layer-outputs.js';
import {graphCalls} from '../model/model-graph.js';
import type {Layer, LayersModel} from '../model/tensorflow.js';

/**
 * The model's graph as a list of nodes: what an overview draws, and what tells two models apart. A nested model's nodes
 * have its name before theirs, as on the L axis.
 *
 * @param captured - Names of layers on the L axis.
 */
export function describeArchitecture(
  model: LayersModel,
  captured: ReadonlySet<string>,
  prefix = '',
): ArchitectureNode[] {
  // A sequential model has an InputLayer that it does not list, and that the user never wrote.
  const calls = graphCalls(model).filter(
    ({layer}) => layer.getClassName() !== 'InputLayer' || model.layers.includes(layer),
  );
  const key = (layer: Layer, node: number) => `${node} ${layer.name}`;
  const nameOf = new Map(calls.map(({name, layer, output}) => [key(layer, output.nodeIndex), name]));
  return calls.map(({name, layer, inputs, output, repetition}) => {
    const feeding = inputs.map(
      ({sourceLayer, nodeIndex}) => nameOf.get(key(sourceLayer, nodeIndex)) ?? sourceLayer.name,
    );
    return {
      name: prefix + name,
      className: layer.getClassName(),
      shape: output.shape.slice(1),
      // A layer that is called again adds no parameters.
      parameters: repetition === 0 ? layer.countParams() : 0,
      inputs: [...new Set(feeding.map(source => prefix + source))],
      captured: captured.has(prefix + name),
      ...(isModel(layer) && {layers: describeArchitecture(layer, captured, `${prefix}${name}/`)}),
    };
  });
}
