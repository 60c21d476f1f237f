/**
 * The share of a channel's maps that hold zeros alone, at least: what a table tells of a channel that shows every sample the
 * same. It is exact where all maps are constant. That maps are constant is not enough to call a channel dead: a vector
 * that is repeated or broadcast gives each sample constant maps, each its own.
 *
 * @param dead - Share of the maps that are constant, 0..1; null where undefined.
 * @param zeros - Share of zeros among their values, 0..1; null where undefined.
 * @returns 0..1; of 1 the channel is dead.
 */
export function shareOfZeroMaps(dead: number | null, zeros: number | null): number {
  if (dead === null || zeros === null) return 0;
  // Maps that are not constant hold some of the zeros, and then not only them.
  return Math.max(0, zeros - (1 - dead));
}
