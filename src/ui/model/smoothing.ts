/**
 * Exponential moving average, freed of its start at 0 as TensorBoard's is: after t values v,
 * sum(w^(t-i) v_i) / sum(w^(t-i)), i = 1..t.
 *
 * @param values - Null is a gap and undefined no point of this line: they stay what they are, and the mean skips them.
 * @param weight - w, of earlier values, in [0, 1); 0 leaves the values unchanged.
 */
export function smooth(
  values: readonly (number | null | undefined)[],
  weight: number,
): (number | null | undefined)[] {
  let mean = 0;
  let start = 1; // weight of the 0 at the start: w^t
  return values.map(value => {
    if (value === null || value === undefined) return value;
    mean = weight * mean + (1 - weight) * value;
    start *= weight;
    return mean / (1 - start);
  });
}
