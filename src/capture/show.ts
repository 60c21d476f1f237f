/** Describes a received value for an error message: short, never its contents. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return `${value.constructor?.name ?? 'an object'} {${Object.keys(value).slice(0, 5).join(', ')}}`;
}
