import {LIMITS, type Query} from '../../shared/index.js';

/**
 * Looks at the options of a question that was not read from text: the notation has the same limits.
 *
 * @throws {RangeError} naming the option, its limits and what came.
 */
export function assertOptions(query: Query): void {
  if ('aggregate' in query) {
    assertOptions(query.of);
    return;
  }
  switch (query.measure) {
    case 'H':
      assertWhole('bins', query.options.bins, 1, LIMITS.bins);
      return;
    case 'Hx':
      assertWhole('k', query.options.k, 1, LIMITS.k);
      return;
    case 'C':
      assertWhole('bins', query.options.bins, 1, LIMITS.capacityBins);
      assertWhole('permutations', query.options.permutations, 0, LIMITS.permutations);
  }
}

function assertWhole(name: string, value: number | undefined, from: number, to: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= from && value <= to)) return;
  throw new RangeError(`${name} must be a whole number from ${from} to ${to}, got ${value}.`);
}
