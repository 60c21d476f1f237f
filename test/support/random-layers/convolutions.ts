import * as tf from '@tensorflow/tfjs';
import type {Draw} from './draw.js';
import {
  anyActivation,
  anyDilatedWindows,
  anyWindows,
  inFormat,
  one,
  type DataFormat,
  type Kind,
} from './kind.js';

const {layers} = tf;

/** Channels around the lanes and tiles of vector code. */
const anyChannels = ({pick}: Draw) => pick([1, 2, 3, 4, 5, 8, 9, 16, 17]);
const anyFormat = ({pick}: Draw) => pick<DataFormat>(['channelsFirst', 'channelsLast', 'channelsLast']);

/** What most convolution layers share. */
function common(draw: Draw) {
  return {activation: anyActivation(draw) as 'relu', useBias: draw.flag()};
}

/** Convolutions of one to three axes. Those with gaps have no gradient in tfjs. */
function convolution(axes: 1 | 2 | 3, dilated: boolean): Kind {
  return draw => {
    const longest = [24, 13, 6][axes - 1] as number;
    const windows = dilated ? anyDilatedWindows(draw, axes, longest) : anyWindows(draw, axes, {longest, largest: axes === 3 ? 3 : 5}); // prettier-ignore
    const dataFormat = axes === 1 ? 'channelsLast' : anyFormat(draw);
    const config = {
      ...common(draw),
      filters: axes === 3 ? draw.int(1, 5) : anyChannels(draw),
      kernelSize: windows.size as [number, number],
      strides: windows.strides as [number, number],
      padding: windows.padding,
      dataFormat,
      ...('dilationRate' in windows ? {dilationRate: windows.dilationRate as [number, number]} : {}),
    };
    const make = {1: layers.conv1d, 2: layers.conv2d, 3: layers.conv3d}[axes] as (args: object) => tf.layers.Layer; // prettier-ignore
    return {
      shape: inFormat(dataFormat, windows.extents, axes === 3 ? draw.int(1, 4) : anyChannels(draw)),
      apply: one(() => make(config)),
      gradients: dilated ? 'none' : 'all',
    };
  };
}

function depthwise(dilated: boolean): Kind {
  return draw => {
    const windows = dilated ? anyDilatedWindows(draw, 2) : anyWindows(draw, 2);
    const dataFormat = anyFormat(draw);
    const config = {
      ...common(draw),
      kernelSize: windows.size as [number, number],
      strides: windows.strides as [number, number],
      padding: windows.padding,
      depthMultiplier: draw.int(1, 3),
      dataFormat,
      ...('dilationRate' in windows ? {dilationRate: windows.dilationRate as [number, number]} : {}),
    };
    return {
      shape: inFormat(dataFormat, windows.extents, anyChannels(draw)),
      apply: one(() => layers.depthwiseConv2d(config)),
      gradients: dilated ? 'none' : 'all',
    };
  };
}

/** Channels last alone: with them first, the bias of tfjs' layer does not fit. */
const separable: Kind = draw => {
  const windows = anyWindows(draw, 2);
  const config = {
    ...common(draw),
    filters: draw.int(1, 9),
    kernelSize: windows.size as [number, number],
    strides: windows.strides as [number, number],
    padding: windows.padding,
    depthMultiplier: draw.int(1, 3),
  };
  return {
    shape: inFormat('channelsLast', windows.extents, draw.int(1, 6)),
    apply: one(() => layers.separableConv2d(config)),
  };
};

/** tfjs has no gradient of transposed convolutions over volumes. */
function transposed(axes: 2 | 3): Kind {
  return draw => {
    const windows = anyWindows(draw, axes, {longest: axes === 3 ? 4 : 7, stride: 3});
    const dataFormat = axes === 3 ? 'channelsLast' : anyFormat(draw);
    const config = {
      ...common(draw),
      filters: draw.int(1, 9),
      kernelSize: windows.size as [number, number],
      strides: windows.strides as [number, number],
      padding: windows.padding,
      dataFormat,
    };
    const make = {2: layers.conv2dTranspose, 3: layers.conv3dTranspose}[axes] as (args: object) => tf.layers.Layer; // prettier-ignore
    return {
      shape: inFormat(dataFormat, windows.extents, draw.int(1, 9)),
      apply: one(() => make(config)),
      gradients: axes === 3 ? 'none' : 'all',
    };
  };
}

/** A convolution with what tfjs can fuse with it, which no single layer does. */
class Fused extends layers.Layer {
  static className = 'Fused';
  constructor(readonly operation: (x: tf.Tensor4D) => tf.Tensor) {
    super({});
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return tf.tidy(() => this.operation(tf.zeros([1, ...shape.slice(1)] as tf.Tensor4D['shape']))).shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.operation((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D);
  }
}

function fused(name: 'conv2d' | 'depthwiseConv2d'): Kind {
  return draw => {
    const {extents, size, strides, padding: pad} = anyWindows(draw, 2);
    const channels = draw.int(1, 9);
    const last = draw.int(1, name === 'conv2d' ? 9 : 3);
    const outputs = name === 'conv2d' ? last : channels * last;
    const random = (...shape: number[]) => Array.from({length: tf.util.sizeFromShape(shape)}, draw.normal);
    const [filter, bias, alpha] = [random(...size, channels, last), random(outputs), random(outputs)];
    const activation = draw.pick(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const); // prettier-ignore
    const call = (x: tf.Tensor4D) =>
      tf.fused[name]({
        x,
        filter: tf.tensor4d(filter, [...(size as [number, number]), channels, last]),
        strides: strides as [number, number],
        pad,
        bias: tf.tensor1d(bias),
        activation,
        ...(activation === 'prelu' ? {preluActivationWeights: tf.tensor1d(alpha)} : {}),
        ...(activation === 'leakyrelu' ? {leakyreluAlpha: 0.3} : {}),
      });
    return {shape: [...extents, channels], apply: one(() => new Fused(call)), gradients: 'none'};
  };
}

export const convolutions: Record<string, Kind> = {
  conv1d: convolution(1, false),
  conv1dDilated: convolution(1, true),
  conv2d: convolution(2, false),
  conv2dDilated: convolution(2, true),
  conv3d: convolution(3, false),
  conv3dDilated: convolution(3, true),
  depthwiseConv2d: depthwise(false),
  depthwiseConv2dDilated: depthwise(true),
  separableConv2d: separable,
  conv2dTranspose: transposed(2),
  conv3dTranspose: transposed(3),
  fusedConv2d: fused('conv2d'),
  fusedDepthwiseConv2d: fused('depthwiseConv2d'),
};
