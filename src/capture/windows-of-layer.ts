import type {Layer} from '../model/tensorflow.js';

/** What convolutions and poolings have; one number where all axes share it. */
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
  /** Of the input; undefined where it is open or not known. */
  extent: number | undefined;
}

/** Whether padding `same` adds to some axis; also where that depends on an extent that is not known. */
export function anyPadded(layer: Layer): boolean {
  return isSame(layer) && axesOf(layer).some(isPadded);
}

/** Whether padding `same` adds to one axis while the windows may leave some of another unused. */
export function shortAndPadded(layer: Layer): boolean {
  const axes = axesOf(layer);
  return isSame(layer) && axes.some(isPadded) && axes.some(axis => missing(axis) < 0);
}

/** Whether the last two axes of the windows are equally long. */
export function squareWindows(layer: Layer): boolean {
  const [height, width] = axesOf(layer).slice(-2);
  return height?.size === width?.size;
}

/** Of the layer's first call, with the batch; undefined where it has none of its own, as within a wrapper. */
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

/** What the windows reach beyond the axis, or if negative leave of it unused: at worst, where the extent is unknown. */
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
