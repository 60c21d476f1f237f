import type {ExecutionContext} from 'ava';
import {maxDifference} from './difference.js';

/** Asserts that a number is another one but for `tolerance`; a failure says both, and how far apart they are. */
export function closeTo(
  t: ExecutionContext,
  actual: unknown,
  expected: number,
  tolerance: number,
  what = 'the value',
): void {
  const off = typeof actual === 'number' ? Math.abs(actual - expected) : NaN;
  const isClose = off <= tolerance || Object.is(actual, expected);
  t.true(isClose, `${what} is ${String(actual)}, expected ${expected} within ${tolerance}; off by ${off}`);
}

/** Like {@link closeTo}, of two lists, pairwise; NaN is close to NaN alone. */
export function allCloseTo(
  t: ExecutionContext,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = 'the values',
): void {
  const off = maxDifference(actual, expected);
  const at = Array.from(expected, (value, i) => Math.abs(Number(actual[i]) - value)).indexOf(off);
  const where = at < 0 ? '' : `: ${actual[at]} instead of ${expected[at]} at ${at}`;
  t.true(off <= tolerance, `${what} are off by ${off}, more than ${tolerance}${where}`);
}
