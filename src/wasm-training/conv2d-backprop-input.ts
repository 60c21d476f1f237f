import type * as tf from '@tensorflow/tfjs';
import {convolutionGeometry, type Geometry} from './geometry.js';
import type {NativeKernels, RunKernel} from './native-kernels.js';
import {offsetOf, withGeometry, type TrainModule} from './train-module.js';
import {trainingKernel} from './training-kernel.js';
import type {WasmBackend} from './wasm-backend.js';

/** Output pixels that are packed at a time, a multiple of the tile's 4 rows. */
const pixelsPerBlock = 256;

/**
 * The input's gradient of a 2-D convolution, and the forward pass of a transposed one. The backend's own is a plain
 * loop, several times slower.
 */
export const conv2dBackpropInput = trainingKernel<
  Record<'dy' | 'filter', tf.TensorInfo>,
  tf.Conv2DBackpropInputAttrs
>({
  name: 'Conv2DBackpropInput',
  plain: 'composition',
  compiled: true,
  create:
    ({tf, native, compiled}) =>
    ({inputs: {dy, filter}, attrs, backend}) => {
      const shapes = {input: attrs.inputShape, filter: filter.shape};
      const geometry = convolutionGeometry(tf.backend_util, shapes, attrs);
      const module = compiled(backend);
      return module
        ? runCompiled(module, backend, geometry, {dy, filter})
        : composeFromConvolution(native, backend, geometry, {dy, filter});
    },
});

interface Operands {
  dy: tf.TensorInfo;
  filter: tf.TensorInfo;
}

function runCompiled(module: TrainModule, backend: WasmBackend, geometry: Geometry, {dy, filter}: Operands) {
  const {filterHeight, filterWidth, inChannels, outChannels} = geometry;
  const packedChannels = Math.ceil(inChannels / 8) * 8;
  const packedFilter = filterHeight * filterWidth * packedChannels * outChannels;
  const scratchBytes = 128 + 4 * (pixelsPerBlock * outChannels + packedFilter);
  const dx = backend.makeOutput(geometry.inShape, 'float32');
  withGeometry(backend, geometry, scratchBytes, (packed, scratch) =>
    module.conv2dBackpropInput(
      packed,
      offsetOf(backend, dy),
      offsetOf(backend, filter),
      offsetOf(backend, dx),
      scratch,
      pixelsPerBlock,
    ),
  );
  return dx;
}

/**
 * The same as a forward convolution of dy, zeros put between its pixels where the stride is above 1, with the filter
 * turned by 180 degrees and its channels exchanged.
 */
function composeFromConvolution(
  native: NativeKernels,
  backend: WasmBackend,
  geometry: Geometry,
  {dy, filter}: Operands,
) {
  const {inHeight, inWidth, inChannels, outChannels, filterHeight, filterWidth, padInfo} = geometry;
  return native.compose(backend, run => {
    const spread = spreadByStride(run, geometry, dy);
    const vertical = overhang(spread.shape[1] as number, inHeight, filterHeight, padInfo.top);
    const horizontal = overhang(spread.shape[2] as number, inWidth, filterWidth, padInfo.left);
    const images = fit(run, spread, vertical, horizontal);
    const flat = run('Reshape', {x: filter}, {shape: [filterHeight * filterWidth, inChannels, outChannels]});
    const turned = run('Transpose', {x: run('Reverse', {x: flat}, {dims: [0]})}, {perm: [0, 2, 1]});
    const flipped = run(
      'Reshape',
      {x: turned},
      {shape: [filterHeight, filterWidth, outChannels, inChannels]},
    );
    return run(
      'Conv2D',
      {x: images, filter: flipped},
      {strides: 1, pad: 'valid', dilations: 1, dataFormat: 'NHWC'},
    );
  });
}

/** [batch, h, w, c] -> [batch, h * stride, w * stride, c] with zeros between the pixels. */
function spreadByStride(run: RunKernel, geometry: Geometry, dy: tf.TensorInfo): tf.TensorInfo {
  const {batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth} = geometry;
  const pixels = run('Reshape', {x: dy}, {shape: [batchSize * outHeight, 1, outWidth, 1, outChannels]});
  const gaps = [
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ];
  const spread = run('PadV2', {x: pixels}, {paddings: gaps, constantValue: 0});
  const shape = [batchSize, outHeight * strideHeight, outWidth * strideWidth, outChannels];
  return run('Reshape', {x: spread}, {shape});
}

/** Zeros to put before and after one axis of the spread dy; negative: so many to cut off. */
function overhang(spread: number, input: number, filter: number, pad: number): [number, number] {
  const before = filter - 1 - pad;
  return [before, input + filter - 1 - spread - before];
}

/** Pads, or cuts, the height and width of NHWC images. */
function fit(
  run: RunKernel,
  images: tf.TensorInfo,
  vertical: [number, number],
  horizontal: [number, number],
): tf.TensorInfo {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const cut = (value: number) => Math.max(0, -value);
  const grow = (value: number) => Math.max(0, value);
  const begin = [0, cut(vertical[0]), cut(horizontal[0]), 0];
  const size = [
    batch,
    height - cut(vertical[0]) - cut(vertical[1]),
    width - cut(horizontal[0]) - cut(horizontal[1]),
    channels,
  ];
  const kept = run('Slice', {x: images}, {begin, size});
  const paddings = [[0, 0], vertical.map(grow), horizontal.map(grow), [0, 0]];
  return run('PadV2', {x: kept}, {paddings, constantValue: 0});
}
