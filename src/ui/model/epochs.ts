/** The captured epoch nearest to `wanted`; the later of two equally near. Null where none is captured. */
export function nearestEpoch(epochs: readonly number[], wanted: number): number | null {
  let nearest: number | null = null;
  for (const epoch of epochs) {
    if (nearest === null || Math.abs(epoch - wanted) <= Math.abs(nearest - wanted)) nearest = epoch;
  }
  return nearest;
}

/**
 * The captured epoch `steps` further on, stopping at the ends.
 *
 * @param epochs - Ascending.
 * @param from - One of `epochs`.
 */
export function stepEpoch(epochs: readonly number[], from: number, steps: number): number {
  const at = epochs.indexOf(from) + steps;
  return epochs[Math.min(epochs.length - 1, Math.max(0, at))] ?? from;
}

/** Every epoch of several lists once, ascending: the shared x axis of runs side by side. */
export function unionOfEpochs(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** `values` of `epochs` laid out over the longer list `axis`; undefined where an epoch is missing. */
export function alignToEpochs<Value>(
  axis: readonly number[],
  epochs: readonly number[],
  values: readonly Value[],
): (Value | undefined)[] {
  const at = new Map(epochs.map((epoch, i) => [epoch, values[i]]));
  return axis.map(epoch => at.get(epoch));
}
