import type {Rank, Tensor4D} from '@tensorflow/tfjs';
import type {Tensor} from '../model/tensorflow.js';
import {isChannelsFirst, toChannelsFirst, toChannelsLast} from './channels-first.js';
import type {LayerCall} from './layer-calls.js';
import {oneChannel, type Signal} from './signal.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

type Pair = [number, number];

/** Fields of the layers that pool or enlarge; tfjs does not export their types. */
interface ResamplingLayer {
  poolSize: number[];
  strides: number[];
  padding: 'same' | 'valid';
  /** Set for UpSampling2D. */
  size: Pair;
  interpolation: 'nearest' | 'bilinear';
}

type Back = (tf: DeconvnetTensorFlow, layer: ResamplingLayer, through: Through) => Tensor;

/** A call narrowed to the channels of the signal. */
interface Through {
  input: Tensor;
  output: Tensor;
  dy: Tensor;
}

const rules = new Map<string, Back>([
  ['MaxPooling1D', unpool],
  ['MaxPooling2D', unpool],
  ['GlobalMaxPooling1D', unpoolGlobal],
  ['GlobalMaxPooling2D', unpoolGlobal],
  ['AveragePooling1D', spread],
  ['AveragePooling2D', spread],
  ['UpSampling2D', gather],
]);

/**
 * Propagates back through a layer that pools or enlarges each channel separately; null for any other layer. Unlike tfjs'
 * gradients of these layers, it needs no further forward pass and is right where those are wrong (docs/deconvnet.md).
 */
export function backThroughResampling(
  tf: DeconvnetTensorFlow,
  {layer, inputs, outputs}: LayerCall,
  {values, channel}: Signal,
): Signal | null {
  const back = rules.get(layer.getClassName());
  const fields = layer as unknown as ResamplingLayer;
  if (!back || fields.interpolation === 'bilinear') return null;
  const narrow = (tensor: Tensor) => (channel === null ? tensor : oneChannel(tf, tensor, channel));
  const input = narrow(inputs[0]?.tensor as Tensor);
  const output = narrow(outputs[0]?.tensor as Tensor);
  if (!isChannelsFirst(layer)) return {values: back(tf, fields, {input, output, dy: values}), channel};
  const last = (x: Tensor) => toChannelsLast(tf, x);
  const dx = back(tf, fields, {input: last(input), output: last(output), dy: last(values)});
  return {values: toChannelsFirst(tf, dx), channel: null};
}

/** Max pooling: to where the first maximum of each window was. */
function unpool(tf: DeconvnetTensorFlow, layer: ResamplingLayer, {input, output, dy}: Through): Tensor {
  const {image, attrs} = asImages(tf, layer);
  const inputs = {dy: image(dy), input: image(input), output: image(output)};
  return tf.reshape(tf.engine().runKernel<Tensor>('MaxPoolGrad', inputs, attrs), input.shape);
}

/** Global max pooling is max pooling with one window; tfjs' own gradient gives to all of several equal maxima. */
function unpoolGlobal(tf: DeconvnetTensorFlow, layer: ResamplingLayer, {input, output, dy}: Through): Tensor {
  const size = input.shape.slice(1, -1);
  const pixel = (x: Tensor) => tf.reshape(x, [x.shape[0], ...size.map(() => 1), x.shape[1] as number]);
  const window: ResamplingLayer = {...layer, poolSize: size, strides: size, padding: 'valid'};
  return unpool(tf, window, {input, output: pixel(output), dy: pixel(dy)});
}

/**
 * Average pooling: in equal shares over the pixels of the window. At the border of a padded image there are fewer, which
 * the kernels of the cpu and the wasm backend overlook and that of the native backend does not; of a window inside an
 * image all think the same. So the image is made as large as its padding reaches.
 */
function spread(tf: DeconvnetTensorFlow, layer: ResamplingLayer, {input, dy}: Through): Tensor {
  const {image, attrs} = asImages(tf, layer);
  const {filterSize, strides, pad} = attrs;
  const x = image(input) as Tensor4D;
  const [, height, width] = x.shape;
  const window = tf.ones<Rank.R4>([...filterSize, 1, 1]);
  const pixels = tf.conv2d(tf.ones<Rank.R4>([1, height, width, 1]), window, strides, pad);
  const whole = tf.mul(image(dy), tf.div(filterSize[0] * filterSize[1], pixels));
  const {top, bottom, left, right} = tf.backend_util.computePool2DInfo(
    x.shape,
    filterSize,
    strides,
    1,
    pad,
  ).padInfo;
  const padded = tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]]); // prettier-ignore
  const inputs = {dy: whole, input: padded};
  const dx = tf.engine().runKernel<Tensor4D>('AvgPoolGrad', inputs, {...attrs, pad: 'valid'});
  return tf.reshape(tf.slice(dx, [0, top, left, 0], x.shape), input.shape);
}

/** Enlarging by repetition: the sum over the copies of a pixel. */
function gather(tf: DeconvnetTensorFlow, {size}: ResamplingLayer, {dy}: Through): Tensor {
  return tf.mul(tf.avgPool(dy as Tensor4D, size, size, 'valid'), size[0] * size[1]);
}

/** Steps become images one pixel high. */
function asImages(tf: DeconvnetTensorFlow, {poolSize, strides, padding}: ResamplingLayer) {
  const flat = poolSize.length === 1;
  const pair = (extents: number[]) => (flat ? [1, ...extents] : extents) as Pair;
  return {
    image: (x: Tensor) => (flat ? tf.expandDims(x, 1) : x),
    attrs: {filterSize: pair(poolSize), strides: pair(strides), pad: padding},
  };
}
