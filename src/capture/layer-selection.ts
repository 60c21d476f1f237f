import {layerOutputs, type LayerOutput} from '../model/layer-outputs.js';
import type {LayerSelection, NestedModels} from './options.js';
import type {Layer, LayersModel} from '../model/tensorflow.js';

/** Layers that pass values on unchanged when not training, or only rearrange them: nothing to measure. */
const uninformative = /^(Alpha|Gaussian|Spatial)?Dropout|^Gaussian(Noise|Dropout)|^Flatten$/;

/**
 * The layers to capture, in the order of `model.layers`: a shared layer once for each of its calls, a layer with several
 * outputs once for each, and the layers of a nested model in its place. Inputs are captured anyway, as layer 0.
 *
 * @throws {RangeError} if a name or position is not in the model, or nothing is left.
 */
export function selectLayers(
  model: LayersModel,
  selection: LayerSelection | undefined,
  nested: NestedModels = 'layers',
): LayerOutput[] {
  // tfjs hands over a sequential model with an InputLayer that the user never wrote; positions are the user's.
  const outputs = layerOutputs(model, nested).filter(({layer}) => layer.getClassName() !== 'InputLayer');
  const layers = [...new Set(outputs.map(outermost))];
  const names = () => outputs.map(({name}) => name).join(', ');
  for (const item of Array.isArray(selection) ? (selection as (string | number | RegExp)[]) : []) {
    if (typeof item === 'string' && !outputs.some(output => isNamed(output, item))) {
      throw new RangeError(`options.layers: the model has no layer "${item}"; it has ${names()}.`);
    }
    if (typeof item === 'number' && !(item in layers)) {
      throw new RangeError(
        `options.layers: the model has no layer ${item}; its ${layers.length} layers are 0..${layers.length - 1}.`,
      );
    }
  }
  const chosen = outputs.filter(output => isSelected(output, layers, selection));
  if (chosen.length === 0)
    throw new RangeError(`options.layers selects no layer of the model; it has ${names()}.`);
  return chosen;
}

function isSelected(output: LayerOutput, layers: Layer[], selection: LayerSelection | undefined): boolean {
  const {name, layer} = output;
  if (selection === undefined) return isInformative(output);
  if (typeof selection === 'function') return selection(layer);
  if (selection instanceof RegExp) return selection.test(name);
  return selection.some(item => {
    if (item instanceof RegExp) return item.test(name);
    if (item === name) return true;
    const isMeant = typeof item === 'string' ? isNamed(output, item) : layers[item] === outermost(output);
    // A nested model as a whole is meant as if it were the model.
    return isMeant && (output.within.length === 0 || isInformative(output));
  });
}

function isInformative({layer, output}: LayerOutput): boolean {
  return !uninformative.test(layer.getClassName()) && output.shape.length >= 2;
}

/** Matches its own name, or that of a nested model that contains it. */
function isNamed({name}: LayerOutput, item: string): boolean {
  return name === item || name.startsWith(`${item}/`);
}

/** The layer of the model itself that an output belongs to. */
function outermost({within, layer}: LayerOutput): Layer {
  return within[0]?.layer ?? layer;
}
