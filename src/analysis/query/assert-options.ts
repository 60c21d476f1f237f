import type {Query} from '../../shared/index.js';
import {measureFor} from '../../measures/index.js';

type QueryOption = number | string | readonly number[];

/**
 * Looks at the options of a question that was not read from text: the notation has the same limits.
 *
 * @throws {RangeError} naming the option, its limits and the received value.
 */
export function assertOptions(query: Query): void {
  if ('aggregate' in query) {
    assertOptions(query.of);
    return;
  }
  const options: Readonly<Record<string, QueryOption>> = 'options' in query ? query.options : {};
  for (const {name, min, max} of measureFor(query).amounts) {
    const value = options[name];
    if (value === undefined || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max))
      continue;
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, got ${String(value)}.`);
  }
}
