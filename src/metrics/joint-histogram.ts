import {assertLength} from '../shared/index.js';
import type {PairCodes} from './pair-codes.js';

/**
 * Joint counts of the distances within a channel of either layer.
 *
 * @param a - Channel of `from`.
 * @param b - Channel of `to`; the same samples, pairs and bins.
 * @param out - Overwritten and returned instead of a new array; length bins^2.
 * @returns [bins, bins], row-major: cell (row, column) counts the pairs in bin `row` of a and bin `column` of b.
 * @throws {RangeError} if the layers do not go together, there is no such channel, or `out` has another length.
 */
export function jointHistogram(
  from: PairCodes,
  a: number,
  to: PairCodes,
  b: number,
  out = new Uint32Array(from.bins * to.bins),
): Uint32Array {
  assertSamePairs('jointHistogram', from, to);
  assertChannel('a', a, from);
  assertChannel('b', b, to);
  assertLength('jointHistogram', 'out', out, from.bins * to.bins);
  out.fill(0);
  const {pairs, bins} = from;
  const x = a * pairs;
  const y = b * pairs;
  for (let pair = 0; pair < pairs; pair++) out[from.codes[x + pair] * bins + to.codes[y + pair]]++;
  return out;
}

/** @throws {RangeError} if two layers were not coded from the same samples with the same bins. */
export function assertSamePairs(caller: string, from: PairCodes, to: PairCodes): void {
  for (const name of ['samples', 'bins'] as const) {
    if (from[name] === to[name]) continue;
    throw new RangeError(
      `${caller}: both layers must have the same ${name}, got ${from[name]} and ${to[name]}.`,
    );
  }
}

function assertChannel(name: string, channel: number, {channels}: PairCodes): void {
  if (Number.isInteger(channel) && channel >= 0 && channel < channels) return;
  throw new RangeError(`jointHistogram: ${name} must be a channel in 0..${channels - 1}, got ${channel}.`);
}
