/** Bits for a tooltip or a table: three decimals and the unit; `undefined` in words. */
export function bits(value: number | null): string {
  return value === null ? 'undefined' : `${value.toFixed(3)} bits`;
}

/** Made once: `toLocaleString` looks for the language's rules at every call. */
const thousands = new Intl.NumberFormat('en');

/** A whole number with thin groups of thousands: `12,288`. */
export function count(value: number): string {
  return thousands.format(value);
}

/** A share 0..1 as a percentage with one decimal. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/**
 * A metric of the logs: four significant digits, without an exponent where it reads well.
 *
 * @param value - Null is a logged value that is not finite; undefined is none.
 */
export function metric(value: number | null | undefined): string {
  if (value === undefined) return 'not logged';
  if (value === null) return 'NaN or infinite';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? Number(value.toPrecision(4)).toString() : value.toExponential(3);
}

/** `1 sample`, `2 samples`. */
export function plural(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}

/** Returns the name of a class: its index, and the run's name if it says more. */
export function className(classes: readonly string[], index: number): string {
  const name = classes[index];
  return name === undefined || name === String(index) ? String(index) : `${index} ${name}`;
}
