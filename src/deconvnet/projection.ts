import {elementCount} from '../shared/layer-size.js';
/** Projection to one input of the model. */
export interface InputProjection {
  /** Name of the input. */
  name: string;
  /** Shape of one sample, its channels last, as everything that a run keeps. */
  shape: number[];
  /** [channels, samples, ...shape], row-major. */
  values: Float32Array;
}

/** Channels of a layer, projected back to the model's inputs. */
export interface Projection {
  layer: string;
  /** Channels in the requested order. */
  channels: number[];
  samples: number;
  /** One for each input of the model; all 0 where the layer does not depend on it. */
  inputs: InputProjection[];
  /** Extents of one feature map; `[]` for a dense layer. */
  mapShape: number[];
  /** The feature maps that were projected, [channels, samples, ...mapShape], row-major. */
  maps: Float32Array;
}

/** Returns the range of some samples of one channel in the arrays of a projection. */
export interface Place {
  /** Position in `channels`. */
  position: number;
  /** First of the samples. */
  start: number;
  count: number;
}

/** The feature maps of a channel in `projection.maps`, a view. */
export function mapsAt({maps, mapShape, samples}: Projection, {position, start, count}: Place): Float32Array {
  const pixels = elementCount(mapShape);
  const first = (position * samples + start) * pixels;
  return maps.subarray(first, first + count * pixels);
}

/**
 * Copies the maps of the projected channels out of a layer's activations.
 *
 * @param activations - [count, ...mapShape, all channels of the layer].
 */
export function copyMaps(
  projection: Projection,
  activations: ArrayLike<number>,
  start: number,
  count: number,
): void {
  const pixels = elementCount(projection.mapShape) * count;
  const width = activations.length / pixels;
  projection.channels.forEach((channel, position) => {
    const maps = mapsAt(projection, {position, start, count});
    for (let i = 0; i < pixels; i++) maps[i] = activations[i * width + channel] as number;
  });
}

/** Returns a view of the projections of a channel in the values of an input. */
export function imagesAt(
  {inputs, samples}: Projection,
  input: number,
  {position, start, count}: Place,
): Float32Array {
  const {values, shape} = inputs[input] as InputProjection;
  const size = elementCount(shape);
  const first = (position * samples + start) * size;
  return values.subarray(first, first + count * size);
}
