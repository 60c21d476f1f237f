import {pearsonCorrelation} from 'cnnslicer/metrics';
import {studentQuantile} from './student-quantile.js';

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Population standard deviation. */
export function std(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map(value => (value - middle) ** 2)));
}

/** Two values that happen to agree would give an interval without width, and settle what they cannot. */
const MIN_VALUES = 3;

/** 95 % interval of the mean, by Student's t; null for fewer than three values. */
export function interval(values: readonly number[]): [low: number, high: number] | null {
  if (values.length < MIN_VALUES) return null;
  const error = std(values) / Math.sqrt(values.length - 1);
  const half = studentQuantile(values.length - 1, 0.95) * error;
  return [mean(values) - half, mean(values) + half];
}

export {pearsonCorrelation as correlation};

/** Spearman's correlation of values with their order; values that are equal are ranked as they come. */
export function trend(values: readonly number[]): number {
  const order = values.map((value, i) => ({value, i})).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  order.forEach(({i}, rank) => (ranks[i] = rank));
  return pearsonCorrelation(Array.from(ranks.keys()), ranks) ?? 0;
}
