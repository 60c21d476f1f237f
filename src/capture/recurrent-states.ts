import {isModel} from '../model/layer-outputs.js';
import type {Layer, LayersModel, Tensor, TensorFlow} from '../model/tensorflow.js';

/** A recurrent layer that continues, in each batch, from the state of the previous one. */
interface StatefulLayer {
  states_: Tensor[];
}

/**
 * Runs a model from states of zero, as each sample is a separate sequence, and then restores its stateful layers to the
 * states they had: the training continues as if nothing had run.
 *
 * @param run - Runs the model, not training.
 */
export function withStatesAside<T>(
  tf: Pick<TensorFlow, 'dispose' | 'keep' | 'tensor'>,
  model: LayersModel,
  run: () => T,
): T {
  const layers = [...new Set(model.layers.flatMap(statefulLayers))];
  const aside = layers.map(({states_}) => states_);
  for (const layer of layers) {
    layer.states_ = layer.states_.map(({size, shape}) => tf.keep(tf.tensor(new Float32Array(size), shape)));
  }
  try {
    return run();
  } finally {
    layers.forEach((layer, i) => {
      tf.dispose(layer.states_);
      layer.states_ = aside[i] as Tensor[];
    });
  }
}

/** A layer itself, or those inside a model, a `Bidirectional` or another wrapper. */
function statefulLayers(layer: Layer): StatefulLayer[] {
  const inner = isModel(layer) ? layer.layers : wrappedBy(layer);
  const own = layer as unknown as Partial<StatefulLayer>;
  const isOne = layer.stateful && Array.isArray(own.states_);
  return [...(isOne ? [own as StatefulLayer] : []), ...inner.flatMap(statefulLayers)];
}

function wrappedBy(layer: Layer): Layer[] {
  const {layer: wrapped, forwardLayer, backwardLayer} = layer as unknown as Partial<Record<string, Layer>>;
  return [wrapped, forwardLayer, backwardLayer].filter(inner => inner !== undefined);
}
