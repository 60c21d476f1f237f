/** Returns how far a value lies below its ceiling, never negative; null if either is undefined. */
export function deficitOf(value: number | null, ceiling: number | null): number | null {
  return value === null || ceiling === null ? null : Math.max(0, ceiling - value);
}
