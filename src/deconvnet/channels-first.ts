import type {Layer, Tensor} from '../model/tensorflow.js';
import {channelsLast, inverseOrder} from '../model/channel-axis.js';
import {asFilterLayer} from './filter-layer.js';
import type {LinearMap} from './linear-map.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

type Transpose = Pick<DeconvnetTensorFlow, 'transpose'>;

export function isChannelsFirst(layer: Layer): boolean {
  return asFilterLayer(layer).dataFormat === 'channelsFirst';
}

/** [samples, channels, ...spatial] with the channels last. */
export function toChannelsLast(tf: Transpose, x: Tensor): Tensor {
  const order = channelsLast(x.shape.length, 1);
  return order ? tf.transpose(x, order) : x;
}

/** Back from there. */
export function toChannelsFirst(tf: Transpose, x: Tensor): Tensor {
  const order = channelsLast(x.shape.length, 1);
  return order ? tf.transpose(x, inverseOrder(order)) : x;
}

/** A layer's map for tensors with their channels first, from that for channels last; for signals of all channels. */
export function channelsFirstMap(tf: Transpose, map: LinearMap): LinearMap {
  return {
    apply: x => toChannelsFirst(tf, map.apply(toChannelsLast(tf, x))),
    transpose: ({values}, input) => {
      const signal = {values: toChannelsLast(tf, values), channel: null};
      return toChannelsFirst(tf, map.transpose(signal, toChannelsLast(tf, input)));
    },
  };
}
