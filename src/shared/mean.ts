/** Returns the mean of the values that are defined; null where none is. */
export function meanOfDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter(value => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
