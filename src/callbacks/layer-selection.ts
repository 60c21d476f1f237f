import {graphCalls, type GraphCall} from './model-graph.js';
import type {LayerSelection} from './options.js';
import type {Layer, LayersModel} from './tensorflow.js';

/** Layers that pass values on unchanged when not training, or only lay them out anew: nothing to measure. */
const uninformative = /^(Alpha|Gaussian|Spatial)?Dropout|^Gaussian(Noise|Dropout)|^Flatten$/;

/**
 * The layers to capture, in the order of `model.layers`, a shared layer once for each of its calls; inputs are captured
 * anyway, as layer 0.
 *
 * @throws {RangeError} if a name or position is not in the model, or nothing is left.
 */
export function selectLayers(model: LayersModel, selection: LayerSelection | undefined): GraphCall[] {
  // tfjs hands over a sequential model with an InputLayer that the user never wrote; positions are the user's.
  const calls = graphCalls(model).filter(({layer}) => layer.getClassName() !== 'InputLayer');
  const layers = [...new Set(calls.map(({layer}) => layer))];
  const names = () => calls.map(({name}) => name).join(', ');
  for (const item of Array.isArray(selection) ? (selection as (string | number | RegExp)[]) : []) {
    if (typeof item === 'string' && !calls.some(({name}) => name === item)) {
      throw new RangeError(`options.layers: the model has no layer "${item}"; it has ${names()}.`);
    }
    if (typeof item === 'number' && !(item in layers)) {
      throw new RangeError(
        `options.layers: the model has no layer ${item}; its ${layers.length} layers are 0..${layers.length - 1}.`,
      );
    }
  }
  const chosen = calls.filter(call => isSelected(call, layers, selection));
  if (chosen.length === 0)
    throw new RangeError(`options.layers selects no layer of the model; it has ${names()}.`);
  return chosen;
}

function isSelected(
  {name, layer, output}: GraphCall,
  layers: Layer[],
  selection: LayerSelection | undefined,
): boolean {
  if (selection === undefined) return !uninformative.test(layer.getClassName()) && output.shape.length >= 2;
  if (typeof selection === 'function') return selection(layer);
  if (selection instanceof RegExp) return selection.test(name);
  return selection.some(item =>
    item instanceof RegExp ? item.test(name) : item === name || layers[item as number] === layer,
  );
}
