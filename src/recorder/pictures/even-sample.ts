/** Up to `max` of the indices 0..count - 1, at even steps, the first among them. */
export function evenSample(count: number, max: number): number[] {
  const taken = Math.min(count, max);
  return Array.from({length: taken}, (_, i) => Math.floor((i * count) / taken));
}
