import {graphCalls, type GraphCall} from './model-graph.js';
import type {Layer, LayersModel, SymbolicTensor} from './tensorflow.js';

/** One output of one call of a layer, also of a layer in a nested model. */
export interface LayerOutput {
  /**
   * Unique in the model. A layer within a model has the name of that one before its own, `encoder/conv2d_1`; a further
   * call of a shared layer its number, `encoder.2`; a further output of a call its place, `lstm:1`.
   */
  name: string;
  layer: Layer;
  output: SymbolicTensor;
  call: GraphCall;
  /** True if the call has another output, which is the one that leads to those of the model. */
  isFurther: boolean;
  /** The calls of nested models that contain it, from the outside in; none for a layer of the model itself. */
  within: GraphCall[];
}

/**
 * Every output of every layer, in the order of the graph; a nested model gives those of its layers in its place.
 *
 * @param nested - `boxes` takes each nested model as the one layer that it is in the graph.
 */
export function layerOutputs(model: LayersModel, nested: 'layers' | 'boxes' = 'layers'): LayerOutput[] {
  const taken = new Set<string>();
  return walk(model, nested, '', []).map(output => {
    let {name} = output;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return {...output, name};
  });
}

export function isModel(layer: Layer): layer is LayersModel {
  return 'layers' in layer;
}

function walk(
  model: LayersModel,
  nested: 'layers' | 'boxes',
  prefix: string,
  within: GraphCall[],
): LayerOutput[] {
  return graphCalls(model).flatMap(call => {
    const {layer, outputs} = call;
    const name = prefix + call.name;
    if (nested === 'layers' && isModel(layer)) {
      return walk(layer, nested, `${name}/`, [...within, call]).filter(
        inner => inner.layer.getClassName() !== 'InputLayer',
      );
    }
    return outputs.map((output, i) => ({
      ...{name: i === 0 ? name : `${name}:${i}`, layer, output, within},
      ...{call, isFurther: output !== call.output},
    }));
  });
}
