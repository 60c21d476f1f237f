import type * as tf from '@tensorflow/tfjs';
import {convolutionGeometry, type Geometry} from './geometry.js';
import type {NativeKernels} from './native-kernels.js';
import {offsetOf, withGeometry, type TrainModule} from './train-module.js';
import {trainingKernel} from './training-kernel.js';
import type {WasmBackend} from './wasm-backend.js';

/** Output pixels that are packed at a time: their 16 bytes a pixel stay in the L1 cache. */
const pixelsPerBlock = 512;

/** The filter's gradient of a 2-D convolution, [height, width, inChannels, outChannels]. Missing in the backend. */
export const conv2dBackpropFilter = trainingKernel<
  Record<'x' | 'dy', tf.TensorInfo>,
  tf.Conv2DBackpropFilterAttrs
>({
  name: 'Conv2DBackpropFilter',
  plain: 'composition',
  compiled: true,
  create:
    ({tf, native, compiled}) =>
    ({inputs: {x, dy}, attrs, backend}) => {
      const shapes = {input: x.shape, filter: attrs.filterShape};
      const geometry = convolutionGeometry(tf.backend_util, shapes, attrs);
      const module = compiled(backend);
      return module
        ? runCompiled(module, backend, geometry, {x, dy})
        : composeFromConvolution(native, backend, geometry, {x, dy});
    },
});

interface Operands {
  x: tf.TensorInfo;
  dy: tf.TensorInfo;
}

function runCompiled(module: TrainModule, backend: WasmBackend, geometry: Geometry, {x, dy}: Operands) {
  const {outWidth, outChannels} = geometry;
  const rows = Math.max(1, Math.floor(pixelsPerBlock / outWidth));
  const packedChannels = Math.ceil(outChannels / 8) * 8;
  const scratchBytes = 128 + rows * outWidth * (16 + 4 * packedChannels);
  const dFilter = backend.makeOutput(geometry.filterShape, 'float32');
  withGeometry(backend, geometry, scratchBytes, (packed, scratch) =>
    module.conv2dBackpropFilter(
      packed,
      offsetOf(backend, x),
      offsetOf(backend, dy),
      offsetOf(backend, dFilter),
      scratch,
      rows,
    ),
  );
  return dFilter;
}

/**
 * The same as one forward convolution: input channels take the place of the batch, the batch that of the channels,
 * dy that of the filter, and the stride becomes its dilation.
 */
function composeFromConvolution(
  native: NativeKernels,
  backend: WasmBackend,
  geometry: Geometry,
  {x, dy}: Operands,
) {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels} = geometry;
  const {filterHeight, filterWidth, strideHeight, strideWidth, padInfo, filterShape} = geometry;
  // Rows and columns that the windows reach beyond the image, negative where they leave some of it unseen.
  const bottom = (outHeight - 1) * strideHeight + filterHeight - inHeight - padInfo.top;
  const right = (outWidth - 1) * strideWidth + filterWidth - inWidth - padInfo.left;
  const height = inHeight + Math.min(0, bottom);
  const width = inWidth + Math.min(0, right);
  return native.compose(backend, run => {
    const seen = run('Slice', {x}, {begin: [0, 0, 0, 0], size: [batchSize, height, width, inChannels]});
    const flatX = run('Reshape', {x: seen}, {shape: [batchSize, height * width, inChannels]});
    const turnedX = run('Transpose', {x: flatX}, {perm: [2, 1, 0]});
    const images = run('Reshape', {x: turnedX}, {shape: [inChannels, height, width, batchSize]});
    const flatDy = run('Reshape', {x: dy}, {shape: [batchSize, outHeight * outWidth, outChannels]});
    const turnedDy = run('Transpose', {x: flatDy}, {perm: [1, 0, 2]});
    const filter = run('Reshape', {x: turnedDy}, {shape: [outHeight, outWidth, batchSize, outChannels]});
    const pad = [
      [0, 0],
      [padInfo.top, Math.max(0, bottom)],
      [padInfo.left, Math.max(0, right)],
      [0, 0],
    ];
    const dilations = [strideHeight, strideWidth];
    const gradient = run('Conv2D', {x: images, filter}, {strides: 1, pad, dilations, dataFormat: 'NHWC'});
    const flat = run(
      'Reshape',
      {x: gradient},
      {shape: [inChannels, filterHeight * filterWidth, outChannels]},
    );
    return run('Reshape', {x: run('Transpose', {x: flat}, {perm: [1, 0, 2]})}, {shape: filterShape});
  });
}
