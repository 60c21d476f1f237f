import type {Rank, Tensor4D} from '@tensorflow/tfjs';
import type {DeconvnetTensorFlow} from './tensorflow.js';

type Shape4D = [number, number, number, number];
type Pair = [number, number];

/** Output channels that the kernels of the wasm backend compute at a time. */
const LANES = 8;

export interface TransposedConvolution {
  /** Shape of the image, [samples, height, width, channels]. */
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
  const leavesLanesIdle = block[0] * block[1] > 1 || filter.shape[3] < LANES;
  if (tf.getBackend() !== 'wasm' || !leavesLanesIdle || strides.some(stride => stride > 1))
    return tf.conv2dTranspose(dy, filter, shape, strides, padding);
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
 * the convolution has the block for its stride, and for each pixel of the block the filter, moved to that pixel. Blocks
 * of one pixel still gain where there are few filters, as for the map of a single channel.
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
  // If a block is one row high, its pixels are contiguous already.
  const lines =
    down === 1
      ? pixels
      : tf.transpose(tf.reshape(pixels, [samples * rows, columns, down, across * channels]), [0, 2, 1, 3]);
  const image = tf.reshape<Rank.R4>(lines, [samples, rows * down, columns * across, channels]);
  if (image.shape[1] === height && image.shape[2] === width) return image;
  return tf.slice(image, [0, 0, 0, 0], [samples, height, width, channels]);
}

/** [height + block height - 1, width + block width - 1, filters, block pixels * channels]; zero where it does not reach. */
function filterForBlock(tf: DeconvnetTensorFlow, filter: Tensor4D, [down, across]: Pair): Tensor4D {
  const [height, width, channels, filters] = filter.shape;
  const shape: Shape4D = [height + down - 1, width + across - 1, filters, down * across * channels];
  const from = filter.dataSync();
  const values = new Float32Array(shape[0] * shape[1] * shape[2] * shape[3]);
  for (let pixel = 0; pixel < down * across; pixel++) {
    const y = height - 1 + Math.floor(pixel / across);
    const x = width - 1 + (pixel % across);
    for (let tap = 0; tap < height * width; tap++) {
      const row = y - Math.floor(tap / width);
      const column = x - (tap % width);
      for (let f = 0; f < filters; f++) {
        const to = ((row * shape[1] + column) * filters + f) * shape[3] + pixel * channels;
        for (let c = 0; c < channels; c++)
          values[to + c] = from[(tap * channels + c) * filters + f] as number;
      }
    }
  }
  return tf.tensor<Rank.R4>(values, shape);
}
