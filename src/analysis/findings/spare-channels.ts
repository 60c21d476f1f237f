/**
 * Returns the less informative channels of redundant pairs: each pair loses its channel of lower entropy, unless that one stands for
 * another that is lost already; then it loses the other. So of a group of copies at least one is left.
 *
 * @param pairs - The most alike first; they have the first say.
 * @param entropy - Bits of each channel; of equal ones the second of a pair is lost.
 * @returns Channel indices, ascending.
 */
export function spareChannels(
  pairs: readonly (readonly [number, number])[],
  entropy: ArrayLike<number>,
): number[] {
  const spare = new Set<number>();
  const kept = new Set<number>();
  for (const [a, b] of pairs) {
    if (spare.has(a) || spare.has(b)) continue;
    const [less, more] = (entropy[a] ?? 0) < (entropy[b] ?? 0) ? [a, b] : [b, a];
    const [lost, left] = kept.has(less) ? [more, less] : [less, more];
    if (kept.has(lost)) continue;
    spare.add(lost);
    kept.add(left);
  }
  return [...spare].sort((a, b) => a - b);
}
