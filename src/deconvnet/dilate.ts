import type {Tensor4D} from '@tensorflow/tfjs';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/**
 * The filter that does without dilation what this one does with it: zeros between its taps, also under the padding
 * 'same'. tfjs has no gradient of a dilated convolution.
 *
 * @param filter - [height, width, a, b].
 */
export function dilate(
  tf: Pick<DeconvnetTensorFlow, 'pad' | 'reshape' | 'slice'>,
  filter: Tensor4D,
  [vertical, horizontal]: [number, number],
): Tensor4D {
  if (vertical === 1 && horizontal === 1) return filter;
  const [height, width, a, b] = filter.shape;
  const taps = tf.reshape(filter, [height, 1, width, 1, a * b]);
  const spread = tf.pad(taps, [[0, 0], [0, vertical - 1], [0, 0], [0, horizontal - 1], [0, 0]]); // prettier-ignore
  const whole = tf.reshape(spread, [height * vertical, width * horizontal, a, b]);
  const size = [(height - 1) * vertical + 1, (width - 1) * horizontal + 1, a, b];
  return tf.slice(whole, [0, 0, 0, 0], size) as Tensor4D;
}
