import type {Rank, Tensor4D} from '@tensorflow/tfjs';
import type {Tensor} from '../model/tensorflow.js';
import {dilate} from './dilate.js';
import type {FilterLayer} from './filter-layer.js';
import type {LinearMap} from './linear-map.js';
import {allChannels, oneChannel, type Signal} from './signal.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';
import {transposedConvolution} from './transposed-convolution.js';

type Shape4D = [number, number, number, number];
type Pair = [number, number];

/** Conv1D, as a convolution over images one pixel high, and Conv2D. */
export function convolutionMap(tf: DeconvnetTensorFlow, layer: FilterLayer): LinearMap {
  const {padding} = layer;
  const flat = layer.strides.length === 1;
  const pair = (extents: number[]) => (flat ? [1, ...extents] : extents) as Pair;
  const image = (shape: number[]) => (flat ? [shape[0], 1, ...shape.slice(1)] : shape) as Shape4D;
  const asImage = (x: Tensor) => tf.reshape<Rank.R4>(x, image(x.shape));
  const strides = pair(layer.strides);
  const dilations = pair(layer.dilationRate);
  const filterFor = (channel: number | null) => {
    const kernel = layer.kernel.read();
    const filter = channel === null ? kernel : oneChannel(tf, kernel, channel);
    return (flat ? tf.expandDims(filter) : filter) as Tensor4D;
  };
  return {
    apply(x) {
      const y = tf.conv2d(asImage(x), filterFor(null), strides, padding, 'NHWC', dilations);
      return flat ? tf.reshape(y, [y.shape[0], y.shape[2], y.shape[3]]) : y;
    },
    transpose({values, channel}, input) {
      const filter = dilate(tf, filterFor(channel), dilations);
      const shape = image(input.shape);
      const dx = transposedConvolution(tf, asImage(values), filter, {shape, strides, padding});
      return tf.reshape(dx, input.shape);
    },
  };
}

/** Conv2DTranspose: its transpose is the convolution with the same kernel. */
export function transposedConvolutionMap(tf: DeconvnetTensorFlow, layer: FilterLayer): LinearMap {
  const {padding} = layer;
  const kernel = layer.kernel.read() as Tensor4D;
  const strides = layer.strides as Pair;
  const [kernelHeight, kernelWidth, filters] = kernel.shape;
  const outLength = (length: number, stride: number, size: number) =>
    length * stride + (padding === 'same' ? 0 : Math.max(size - stride, 0));
  return {
    apply(x) {
      const [samples, height, width] = x.shape as Shape4D;
      const outHeight = outLength(height, strides[0], kernelHeight);
      const outWidth = outLength(width, strides[1], kernelWidth);
      const shape: Shape4D = [samples, outHeight, outWidth, filters];
      return tf.conv2dTranspose(x as Tensor4D, kernel, shape, strides, padding);
    },
    transpose: signal => tf.conv2d(allChannels(tf, signal, filters) as Tensor4D, kernel, strides, padding),
  };
}

/** DepthwiseConv2D; tfjs ignores its dilation. */
export function depthwiseMap(tf: DeconvnetTensorFlow, layer: FilterLayer): LinearMap {
  const kernel = layer.depthwiseKernel.read() as Tensor4D;
  const [, , channels, multiplier] = kernel.shape;
  const apply = (x: Tensor) =>
    tf.depthwiseConv2d(x as Tensor4D, kernel, layer.strides as Pair, layer.padding);
  return {
    apply,
    transpose: (signal, input) => tf.grad(apply)(input, allChannels(tf, signal, channels * multiplier)),
  };
}

/** SeparableConv2D: a depthwise convolution, then a dense map of the channels at each pixel. */
export function separableMap(tf: DeconvnetTensorFlow, layer: FilterLayer): LinearMap {
  const {padding} = layer;
  const strides = layer.strides as Pair;
  const kernel = layer.depthwiseKernel.read() as Tensor4D;
  const depthwise = dilate(tf, kernel, layer.dilationRate as Pair);
  const pointwise = layer.pointwiseKernel.read() as Tensor4D;
  const applyDepthwise = (x: Tensor) => tf.depthwiseConv2d(x as Tensor4D, depthwise, strides, padding);
  const throughPointwise = ({values, channel}: Signal) => {
    const filter = channel === null ? pointwise : oneChannel(tf, pointwise, channel);
    const [, , channels, filters] = filter.shape as Shape4D;
    const rows = tf.reshape(values, [-1, filters]);
    const dy = tf.matMul(rows, tf.transpose(tf.reshape(filter, [channels, filters])));
    return tf.reshape(dy, [...values.shape.slice(0, -1), channels]);
  };
  return {
    apply: x => tf.conv2d(applyDepthwise(x), pointwise, 1, 'valid'),
    transpose: (signal, input) => tf.grad(applyDepthwise)(input, throughPointwise(signal)),
  };
}
