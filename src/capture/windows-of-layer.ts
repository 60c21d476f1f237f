import type {Layer} from '../model/tensorflow.js';

/** Settings of convolutions and poolings; one number if all axes share it. */
interface Windowed {
  kernelSize?: number | number[];
  poolSize?: number | number[];
  strides: number | number[];
  padding: 'same' | 'valid';
  dataFormat?: 'channelsFirst' | 'channelsLast';
}

interface Axis {
  size: number;
  stride: number;
  /** Extent of the input; undefined if it is open or unknown. */
  extent: number | undefined;
}

/** Checks whether padding `same` pads some axis; true also if that depends on an unknown extent. */
export function anyPadded(layer: Layer): boolean {
  return isSame(layer) && axesOf(layer).some(isPadded);
}

/** Checks whether padding `same` pads one axis while the windows may leave part of another unused. */
export function shortAndPadded(layer: Layer): boolean {
  const axes = axesOf(layer);
  return isSame(layer) && axes.some(isPadded) && axes.some(axis => missing(axis) < 0);
}

/** Checks whether the last two axes of the windows are equally long. */
export function squareWindows(layer: Layer): boolean {
  const [height, width] = axesOf(layer).slice(-2);
  return height?.size === width?.size;
}

/** Input shape of the layer's first call, with the batch; undefined if it has no call, as within a wrapper. */
export function inputShapeOf(layer: Layer): (number | null)[] | undefined {
  const shape = layer.inboundNodes[0]?.inputShapes[0];
  return Array.isArray(shape) ? shape : undefined;
}

function isSame(layer: Layer): boolean {
  return (layer as unknown as Windowed).padding === 'same';
}

function isPadded(axis: Axis): boolean {
  return axis.extent === undefined ? axis.size > 1 : missing(axis) > 0;
}

/** Extent by which the windows exceed the axis, or if negative leave it unused: the worst case if the extent is unknown. */
function missing({size, stride, extent}: Axis): number {
  if (extent === undefined) return size - stride;
  return (Math.ceil(extent / stride) - 1) * stride + size - extent;
}

function axesOf(layer: Layer): Axis[] {
  const {kernelSize, poolSize, strides, dataFormat} = layer as unknown as Windowed;
  const shape = inputShapeOf(layer);
  const extents = dataFormat === 'channelsFirst' ? shape?.slice(2) : shape?.slice(1, -1);
  const sizes = [kernelSize ?? poolSize ?? 1].flat();
  return sizes.map((size, axis) => ({
    size,
    stride: [strides].flat()[axis] ?? ([strides].flat()[0] as number),
    extent: extents?.[axis] ?? undefined,
  }));
}
