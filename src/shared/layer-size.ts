/** Values of one map of a layer: 1 for a dense one. */
export function pixelsOf({spatial}: {spatial: readonly number[]}): number {
  return spatial.reduce((product, extent) => product * extent, 1);
}

/** Values of one sample. */
export function valuesOf(layer: {spatial: readonly number[]; channels: number}): number {
  return pixelsOf(layer) * layer.channels;
}
