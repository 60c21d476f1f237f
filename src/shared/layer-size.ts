/** Elements of an array of some extents; 1 for none. */
export function elementCount(extents: readonly number[]): number {
  return extents.reduce((product, extent) => product * extent, 1);
}

/** Values of one map of a layer: 1 for a dense one. */
export function pixelsOf({spatial}: {spatial: readonly number[]}): number {
  return elementCount(spatial);
}

/** Values of one sample. */
export function valuesOf(layer: {spatial: readonly number[]; channels: number}): number {
  return pixelsOf(layer) * layer.channels;
}
