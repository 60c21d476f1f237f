/** The distance of grid lines: 1, 2 or 5 times a power of ten, so that about `count` of them span `span`. */
export function niceStep(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find(factor => factor * power >= rough) ?? 10) * power;
}

/** The grid lines of a scale: multiples of `step` from `low` to `high`, both ends in it. */
export function gridLines(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({length: Math.max(0, last - first + 1)}, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
