import type * as tf from '@tensorflow/tfjs';

/** One spatial axis of a pooling. */
export interface Axis {
  input: number;
  output: number;
  filter: number;
  stride: number;
  pad: number;
}

export interface PoolingWindows {
  batch: number;
  channels: number;
  depth: Axis;
  height: Axis;
  width: Axis;
  /** Which of several equal maxima gets the gradient, in row-major order. */
  tie: 'first' | 'last';
}

/** The maxima of one window, a value per channel. */
export interface Maxima {
  /** Position of the maximum in x; -1 where a window holds nothing but NaN. */
  index: Int32Array;
  /** -Infinity where a window holds nothing but NaN. */
  largest: Float32Array;
}

/** A two-dimensional pooling: windows of depth 1, ties to the first, as on the cpu backend. */
export function windows2d(geometry: tf.backend_util.Conv2DInfo): PoolingWindows {
  const {inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo} = geometry;
  const {strideHeight, strideWidth} = geometry;
  return {
    batch: geometry.batchSize,
    channels: geometry.inChannels,
    depth: {input: 1, output: 1, filter: 1, stride: 1, pad: 0},
    height: {
      input: inHeight,
      output: outHeight,
      filter: filterHeight,
      stride: strideHeight,
      pad: padInfo.top,
    },
    width: {input: inWidth, output: outWidth, filter: filterWidth, stride: strideWidth, pad: padInfo.left},
    tie: 'first',
  };
}

/** A three-dimensional pooling; the cpu backend gives its ties to the last element, and so does this. */
export function windows3d(geometry: tf.backend_util.Conv3DInfo): PoolingWindows {
  const {inDepth, inHeight, inWidth, outDepth, outHeight, outWidth, padInfo} = geometry;
  const {filterDepth, filterHeight, filterWidth, strideDepth, strideHeight, strideWidth} = geometry;
  return {
    batch: geometry.batchSize,
    channels: geometry.inChannels,
    depth: {input: inDepth, output: outDepth, filter: filterDepth, stride: strideDepth, pad: padInfo.front},
    height: {
      input: inHeight,
      output: outHeight,
      filter: filterHeight,
      stride: strideHeight,
      pad: padInfo.top,
    },
    width: {input: inWidth, output: outWidth, filter: filterWidth, stride: strideWidth, pad: padInfo.left},
    tie: 'last',
  };
}

/**
 * Adds dy of every window to its maximum.
 *
 * @param dx - Overwritten.
 */
export function giveToMaxima(
  windows: PoolingWindows,
  {x, dy, dx}: Record<'x' | 'dy' | 'dx', Float32Array>,
): void {
  dx.fill(0);
  forEachWindow(windows, x, ({index}, out) => {
    for (let channel = 0; channel < index.length; channel++) {
      const at = index[channel]!;
      if (at >= 0) dx[at]! += dy[out + channel]!;
    }
  });
}

/** Visits every window in the order of the output, `out` being the position of its first channel there. */
export function forEachWindow(
  windows: PoolingWindows,
  x: Float32Array,
  visit: (maxima: Maxima, out: number) => void,
): void {
  const {batch, channels, depth, height, width} = windows;
  const maxima = {index: new Int32Array(channels), largest: new Float32Array(channels)};
  let out = 0;
  for (let image = 0; image < batch; image++) {
    for (let d = 0; d < depth.output; d++) {
      for (let h = 0; h < height.output; h++) {
        for (let w = 0; w < width.output; w++) {
          findMaxima(windows, [image, d, h, w], x, maxima);
          visit(maxima, out);
          out += channels;
        }
      }
    }
  }
}

/** Finds the maximum of each channel in the window of one output position. A NaN never wins. */
function findMaxima(
  {channels, depth, height, width, tie}: PoolingWindows,
  [image, d, h, w]: [number, number, number, number],
  x: Float32Array,
  {index, largest}: Maxima,
): void {
  index.fill(-1);
  largest.fill(-Infinity);
  const [dStart, dEnd] = span(depth, d);
  const [hStart, hEnd] = span(height, h);
  const [wStart, wEnd] = span(width, w);
  const last = tie === 'last';
  for (let z = dStart; z < dEnd; z++) {
    for (let y = hStart; y < hEnd; y++) {
      let at = (((image * depth.input + z) * height.input + y) * width.input + wStart) * channels;
      for (let column = wStart; column < wEnd; column++) {
        for (let channel = 0; channel < channels; channel++, at++) {
          const value = x[at]!;
          if (value > largest[channel]! || (last && value === largest[channel])) {
            largest[channel] = value;
            index[channel] = at;
          }
        }
      }
    }
  }
}

/** Returns the start and end of a window on one axis, without padding. */
function span({input, filter, stride, pad}: Axis, position: number): [number, number] {
  const start = position * stride - pad;
  return [Math.max(0, start), Math.min(input, start + filter)];
}
