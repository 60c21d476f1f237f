import {median} from '../median.js';
import type {BenchResult} from '../result.js';

/**
 * The median of some measurements with their upper limit; a ratio above 1 meets the goal.
 *
 * @param note - What helps to judge the number, such as how much of the time was the page's own work.
 */
export function goal(
  name: string,
  values: readonly number[],
  most: number,
  {unit = 'ms', note}: {unit?: string; note?: string} = {},
): BenchResult {
  const value = median(values);
  return {
    name,
    unit,
    value,
    peer: {name: value <= most ? 'goal, met' : 'goal, NOT met', value: most},
    ...(most > 0 && {ratio: most / value}),
    runs: values.length,
    ...(note !== undefined && {note}),
  };
}
