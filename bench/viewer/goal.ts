import {median} from '../median.js';
import type {BenchResult} from '../result.js';

/** The median of some times beside the most that they may be, milliseconds; a ratio above 1 meets the goal. */
export function goal(name: string, times: readonly number[], mostMs: number): BenchResult {
  const value = median(times);
  return {
    name,
    unit: 'ms',
    value,
    peer: {name: 'goal', value: mostMs},
    ratio: mostMs / value,
    runs: times.length,
  };
}
