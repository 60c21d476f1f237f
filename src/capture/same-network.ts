import type {LayersModel} from '../model/tensorflow.js';

/**
 * Checks whether two models are one network: the same layers, in the same order.
 *
 * Not the same object: `tf.sequential` recreates the model that it trains at each `compile`, and a custom loop
 * hands over the sequential model where `fit` hands over the one within.
 */
export function sameNetwork(a: LayersModel, b: LayersModel): boolean {
  const [ours, theirs] = [layersOf(a), layersOf(b)];
  return ours.length === theirs.length && ours.every((layer, i) => layer === theirs[i]);
}

/** A sequential model lists no InputLayer, the one within does. */
function layersOf({layers}: LayersModel) {
  return layers.filter(layer => layer.getClassName() !== 'InputLayer');
}
