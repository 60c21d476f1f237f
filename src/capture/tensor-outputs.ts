import type {NetworkOutput, OutputUnits} from './output-units.js';

/** Maximum distance from 1 of the sum of a sample's probabilities, as for a softmax in half precision. */
const ROUNDING = 1e-2;

/**
 * Determines which labels a tensor may belong to, from its first values. A softmax shows in rows that add up to 1, also before
 * any training.
 *
 * @param shape - Of one sample.
 * @param values - Of some samples, row-major.
 */
export function tensorOutput(
  name: string,
  shape: readonly number[],
  values: ArrayLike<number>,
): NetworkOutput {
  return {name, units: unitsOf(shape, values), shape: [null, ...shape]};
}

function unitsOf(shape: readonly number[], values: ArrayLike<number>): OutputUnits {
  const [width = 1, ...further] = shape;
  if (further.length > 0) return 'maps';
  const list = Array.from(values);
  const areShares = list.every(value => value >= 0 && value <= 1);
  // Before any training a unit may give 0 for all samples, which says nothing about it.
  if (width === 1) return areShares && list.some(value => value > 0) ? 'probability' : 'numbers';
  const sums = Array.from({length: list.length / width}, (_, row) =>
    list.slice(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
  return areShares && sums.every(sum => Math.abs(sum - 1) < ROUNDING) ? 'classes' : 'unknown';
}
