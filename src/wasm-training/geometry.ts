import type * as tf from '@tensorflow/tfjs';

/** Extents, strides and padding of one convolution or pooling over NHWC images, as tfjs computes them. */
export type Geometry = tf.backend_util.Conv2DInfo;

type BackendUtil = typeof tf.backend_util;
type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];

export interface ConvolutionAttrs {
  strides: number | [number, number];
  dilations?: number | [number, number];
  pad: tf.Conv2DBackpropFilterAttrs['pad'];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: 'NHWC' | 'NCHW';
}

export interface ConvolutionShapes {
  /** [batch, height, width, channels]. */
  input: number[];
  /** [height, width, channels, filters], or for a depthwise one the number of filters a channel. */
  filter: number[];
  depthwise?: boolean;
}

/**
 * Geometry of a convolution from the attributes of its gradient kernels.
 *
 * @throws {Error} for NCHW tensors: the backend's forward convolution has none either.
 */
export function convolutionGeometry(
  util: BackendUtil,
  {input, filter, depthwise = false}: ConvolutionShapes,
  {strides, dilations = 1, pad, dimRoundingMode, dataFormat = 'NHWC'}: ConvolutionAttrs,
): Geometry {
  if (dataFormat !== 'NHWC') {
    throw new Error(`wasm backend: convolution gradients need dataFormat 'NHWC', got '${dataFormat}'.`);
  }
  return util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/** Geometry of a pooling from the attributes of its gradient kernel. */
export function poolingGeometry(util: BackendUtil, input: number[], attrs: tf.MaxPoolGradAttrs): Geometry {
  const {filterSize, strides, pad, dimRoundingMode} = attrs;
  return util.computePool2DInfo(input as Shape4D, filterSize, strides, 1, pad, dimRoundingMode);
}

/**
 * The same of a convolution over volumes, which has no dilations in tfjs' gradients.
 *
 * @param input - [batch, depth, height, width, channels].
 * @param filter - [depth, height, width, channels, filters].
 */
export function volumeConvolutionGeometry(
  util: BackendUtil,
  {input, filter}: Pick<ConvolutionShapes, 'input' | 'filter'>,
  {strides, pad}: Pick<tf.Conv3DBackpropInputV2Attrs, 'strides' | 'pad'>,
): tf.backend_util.Conv3DInfo {
  return util.computeConv3DInfo(input as Shape5D, filter as Shape5D, strides, 1, pad);
}

/** The same of a pooling over volumes, [batch, depth, height, width, channels]. */
export function volumePoolingGeometry(
  util: BackendUtil,
  input: number[],
  attrs: Omit<tf.MaxPool3DAttrs, 'dataFormat'> & Partial<Pick<tf.MaxPool3DAttrs, 'dataFormat'>>,
): tf.backend_util.Conv3DInfo {
  const {filterSize, strides, pad, dimRoundingMode, dataFormat} = attrs;
  return util.computePool3DInfo(input as Shape5D, filterSize, strides, 1, pad, dimRoundingMode, dataFormat);
}

/** The fields that the compiled kernels read, in the order of `Geometry` in assembly/geometry.ts. */
export function packGeometry(geometry: Geometry): Int32Array {
  return Int32Array.of(
    geometry.batchSize,
    geometry.inHeight,
    geometry.inWidth,
    geometry.inChannels,
    geometry.outHeight,
    geometry.outWidth,
    geometry.outChannels,
    geometry.filterHeight,
    geometry.filterWidth,
    geometry.strideHeight,
    geometry.strideWidth,
    geometry.padInfo.top,
    geometry.padInfo.left,
  );
}
