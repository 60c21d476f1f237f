/** Index of the pair i < j among the n (n - 1) / 2 unordered pairs of n points, when pairs lie row after row. */
export function pairIndex(i: number, j: number, n: number): number {
  return i * n - (i * (i + 1)) / 2 + j - i - 1;
}
