/** Formats ascending integers as ranges: 0, 1, 2, 5 as `0..2, 5`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < numbers.length;) {
    let end = start;
    while (numbers[end + 1] === (numbers[end] as number) + 1) end++;
    parts.push(end > start ? `${numbers[start]}..${numbers[end]}` : String(numbers[start]));
    start = end + 1;
  }
  return parts.join(', ');
}
