import type {Layer, Tensor} from '../model/tensorflow.js';
import {channelsFirstMap, isChannelsFirst} from './channels-first.js';
import {convolutionMap, depthwiseMap, separableMap, transposedConvolutionMap} from './convolution-maps.js';
import {asFilterLayer, type FilterLayer} from './filter-layer.js';
import type {LinearMap} from './linear-map.js';
import {oneChannel} from './signal.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

const maps = new Map<string, (tf: DeconvnetTensorFlow, layer: FilterLayer) => LinearMap>([
  ['Conv1D', convolutionMap],
  ['Conv2D', convolutionMap],
  ['Conv2DTranspose', transposedConvolutionMap],
  ['Dense', denseMap],
  ['DepthwiseConv2D', depthwiseMap],
  ['SeparableConv2D', separableMap],
]);

/**
 * The linear part of a layer with its weights of the moment; null for layers of another kind.
 *
 * Its transpose needs no forward pass, leaves out the gradients of the weights and knows dilation; tfjs' gradients of
 * these layers compute the first two and refuse the third.
 */
export function linearMapOf(tf: DeconvnetTensorFlow, layer: Layer): LinearMap | null {
  const map = maps.get(layer.getClassName())?.(tf, asFilterLayer(layer)) ?? null;
  return map && isChannelsFirst(layer) ? channelsFirstMap(tf, map) : map;
}

/** Dense, over the last axis of an input of any rank. */
function denseMap(tf: DeconvnetTensorFlow, layer: FilterLayer): LinearMap {
  const kernel = layer.kernel.read();
  const units = kernel.shape[1] as number;
  const rows = (x: Tensor) => tf.reshape(x, [-1, x.shape.at(-1) as number]);
  return {
    apply: x => tf.reshape(tf.matMul(rows(x), kernel), [...x.shape.slice(0, -1), units]),
    transpose({values, channel}, input) {
      const weights = channel === null ? kernel : oneChannel(tf, kernel, channel);
      return tf.reshape(tf.matMul(rows(values), tf.transpose(weights)), input.shape);
    },
  };
}
