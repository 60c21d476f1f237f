import type {Tensor} from '../model/tensorflow.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/** The signal that is propagated from the layer to the inputs. */
export interface Signal {
  /** [samples, ...spatial, channels], or with one channel alone, [samples, ...spatial, 1]. */
  values: Tensor;
  /** The only channel that is not zero, as long as nothing has mixed the channels; null where all are there. */
  channel: number | null;
}

/** The signal with every channel, the absent ones zero. */
export function allChannels(
  tf: Pick<DeconvnetTensorFlow, 'pad'>,
  {values, channel}: Signal,
  channels: number,
): Tensor {
  if (channel === null) return values;
  const last = values.shape.length - 1;
  return tf.pad(
    values,
    values.shape.map((_, axis) => (axis === last ? [channel, channels - 1 - channel] : [0, 0])),
  );
}

/** One channel of a tensor, its axis kept. */
export function oneChannel(tf: Pick<DeconvnetTensorFlow, 'slice'>, x: Tensor, channel: number): Tensor {
  const last = x.shape.length - 1;
  const begin = x.shape.map((_, axis) => (axis === last ? channel : 0));
  return tf.slice(
    x,
    begin,
    x.shape.map((extent, axis) => (axis === last ? 1 : extent)),
  );
}
