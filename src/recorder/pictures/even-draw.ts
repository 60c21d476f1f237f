/** Up to `most` of the indices 0..count - 1, at even steps, the first among them. */
export function evenDraw(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({length: taken}, (_, i) => Math.floor((i * count) / taken));
}
