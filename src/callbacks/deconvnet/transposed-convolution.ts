import type {Tensor4D} from '@tensorflow/tfjs';
import type {DeconvnetTensorFlow} from './tensorflow.js';

type Shape4D = [number, number, number, number];
type Pair = [number, number];

/** Output channels that the kernels of the wasm backend compute at a time. */
const LANES = 8;

export interface TransposedConvolution {
  /** Of the image, [samples, height, width, channels]. */
  shape: Shape4D;
  strides: Pair;
  padding: 'same' | 'valid';
}

/**
 * The transposed map of a convolution without dilation, from [samples, h, w, filters] to an image.
 *
 * @param filter - [height, width, channels, filters].
 */
export function transposedConvolution(
  tf: DeconvnetTensorFlow,
  dy: Tensor4D,
  filter: Tensor4D,
  {shape, strides, padding}: TransposedConvolution,
): Tensor4D {
  const block = blockFor(shape[3]);
  const inBlocks =
    tf.getBackend() === 'wasm' && block[0] * block[1] > 1 && strides.every(stride => stride === 1);
  if (!inBlocks) return tf.conv2dTranspose(dy, filter, shape, strides, padding);
  const {padInfo} = tf.backend_util.computeConv2DInfo(shape, filter.shape, strides, 1, padding);
  return convolveIntoBlocks(tf, dy, filter, {shape, pad: [padInfo.top, padInfo.left], block});
}

/** Pixels, down and across, that with their channels fill the lanes. */
function blockFor(channels: number): Pair {
  if (channels === 1) return [2, LANES / 2];
  if (channels === 2) return [2, 2];
  return channels <= LANES / 2 ? [1, 2] : [1, 1];
}

interface Blocks {
  shape: Shape4D;
  /** Rows above, and columns left of, the image that the filter saw. */
  pad: Pair;
  block: Pair;
}

/**
 * A transposed convolution with stride 1 is a convolution with the turned filter. Into an image of one or three
 * channels it would leave most lanes idle, so that a whole block of pixels is computed as if it were channels of one:
 * the convolution has the block for its stride, and for each pixel of the block the filter, moved to that pixel.
 */
function convolveIntoBlocks(
  tf: DeconvnetTensorFlow,
  dy: Tensor4D,
  filter: Tensor4D,
  {shape: [samples, height, width, channels], pad, block}: Blocks,
): Tensor4D {
  const [down, across] = block;
  const [rows, columns] = [Math.ceil(height / down), Math.ceil(width / across)];
  const [filterHeight, filterWidth] = filter.shape;
  const top = filterHeight - 1 - pad[0];
  const left = filterWidth - 1 - pad[1];
  const bottom = rows * down + filterHeight - 1 - top - dy.shape[1];
  const right = columns * across + filterWidth - 1 - left - dy.shape[2];
  const margins = [[0, 0], [top, bottom], [left, right], [0, 0]] as [[0, 0], Pair, Pair, [0, 0]]; // prettier-ignore
  const pixels = tf.conv2d(dy, filterForBlock(tf, filter, block), block, margins);
  const apart = tf.reshape(pixels, [samples * rows, columns, down, across * channels]);
  const lines = tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [
    samples,
    rows * down,
    columns * across,
    channels,
  ]);
  return tf.slice(lines, [0, 0, 0, 0], [samples, height, width, channels]) as Tensor4D;
}

/** [height + block height - 1, width + block width - 1, filters, block pixels * channels]. */
function filterForBlock(tf: DeconvnetTensorFlow, filter: Tensor4D, [down, across]: Pair): Tensor4D {
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  const moved: Tensor4D[] = [];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      moved.push(tf.pad(turned, [[y, down - 1 - y], [x, across - 1 - x], [0, 0], [0, 0]])); // prettier-ignore
    }
  }
  // Stacked first and turned then, which copies far less piecemeal than joining them along the last axis.
  const stacked = tf.transpose(tf.stack(moved), [1, 2, 3, 0, 4]);
  return tf.reshape(stacked, [...stacked.shape.slice(0, 3), -1] as Shape4D);
}
