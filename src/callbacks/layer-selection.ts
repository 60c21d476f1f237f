import type {LayerSelection} from './options.js';
import type {Layer, LayersModel} from './tensorflow.js';

/** Layers that pass values on unchanged when not training, or only lay them out anew: nothing to measure. */
const uninformative = /^(Alpha|Gaussian|Spatial)?Dropout|^Gaussian(Noise|Dropout)|^Flatten$/;

/**
 * The layers to capture, in the order of `model.layers`; inputs are captured anyway, as layer 0.
 *
 * @throws {RangeError} if a name or position is not in the model, or nothing is left.
 */
export function selectLayers(model: LayersModel, selection: LayerSelection | undefined): Layer[] {
  // tfjs hands over a sequential model with an InputLayer that the user never wrote; positions are the user's.
  const layers = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const names = () => layers.map(layer => layer.name).join(', ');
  for (const item of Array.isArray(selection) ? (selection as (string | number | RegExp)[]) : []) {
    if (typeof item === 'string' && !layers.some(layer => layer.name === item)) {
      throw new RangeError(`options.layers: the model has no layer "${item}"; it has ${names()}.`);
    }
    if (typeof item === 'number' && !(item in layers)) {
      throw new RangeError(
        `options.layers: the model has no layer ${item}; its ${layers.length} layers are 0..${layers.length - 1}.`,
      );
    }
  }
  const chosen = layers.filter((layer, position) => isSelected(layer, position, selection));
  if (chosen.length === 0)
    throw new RangeError(`options.layers selects no layer of the model; it has ${names()}.`);
  return chosen;
}

function isSelected(layer: Layer, position: number, selection: LayerSelection | undefined): boolean {
  if (selection === undefined) return !uninformative.test(layer.getClassName()) && outputRank(layer) >= 2;
  if (typeof selection === 'function') return selection(layer);
  if (selection instanceof RegExp) return selection.test(layer.name);
  return selection.some(item =>
    item instanceof RegExp ? item.test(layer.name) : item === layer.name || item === position,
  );
}

function outputRank(layer: Layer): number {
  const shape = layer.outputShape;
  const first = Array.isArray(shape[0]) ? shape[0] : shape;
  return first.length;
}
