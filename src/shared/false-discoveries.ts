/**
 * Selects the discoveries among many tests with a false discovery rate of `level` (Benjamini & Hochberg 1995): all up
 * to the largest p-value that is at most `level` times its rank among them all.
 *
 * Holds for independent tests and for those that go together, as capacities of one layer do.
 *
 * @param p - p-values, 0..1; NaN where there was no test, which counts for nothing.
 * @param level - The share, 0..1.
 * @returns 1 for each discovery, [p.length].
 */
export function discoveries(p: Float64Array, level = 0.05): Uint8Array {
  const tested = p.filter(value => !Number.isNaN(value)).sort();
  let threshold = -1;
  for (let rank = tested.length; rank > 0 && threshold < 0; rank--) {
    const value = tested[rank - 1] as number;
    if (value <= (level * rank) / tested.length) threshold = value;
  }
  return Uint8Array.from(p, value => (value <= threshold ? 1 : 0));
}

/** Shuffles at which a p-value gets no smaller to speak of, and below which it says next to nothing. */
const MAX_DRAWS = 399;
const MIN_DRAWS = 19;
/** Distances that all shuffles of a matrix may look at: a few seconds of work. */
const WORK = 2 ** 31;

/**
 * Shuffles to compare a capacity matrix with, so that it takes a few seconds where that can be: of m the smallest p-value
 * is 1 / (m + 1).
 *
 * @param channelPairs - Cells of the matrix.
 * @param samples - Samples behind each.
 */
export function chanceDraws(channelPairs: number, samples: number): number {
  const work = Math.max(1, (channelPairs * samples * (samples - 1)) / 2);
  return Math.min(MAX_DRAWS, Math.max(MIN_DRAWS, Math.floor(WORK / work)));
}
