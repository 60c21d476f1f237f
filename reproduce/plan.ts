/** Amount of training. */
export interface Plan {
  name: 'quick' | 'full';
  /** Training digits of each class; one run for each and seed. */
  mnistSizes: readonly number[];
  /** The sizes that are compared where the paper compares 1,000 digits with 10,000. */
  small: number;
  large: number;
  mnistEpochs: number;
  /** Training photographs of each class. */
  cifarSize: number;
  cifarEpochs: number;
  /** How many seeds; 1, 2, … */
  seeds: number;
}

export const plans: Record<Plan['name'], Plan> = {
  quick: {
    name: 'quick',
    mnistSizes: [50, 200],
    small: 50,
    large: 200,
    mnistEpochs: 3,
    cifarSize: 50,
    cifarEpochs: 2,
    seeds: 3,
  },
  full: {
    name: 'full',
    mnistSizes: [100, 500, 1000, 2000],
    small: 100,
    large: 1000,
    mnistEpochs: 8,
    cifarSize: 500,
    cifarEpochs: 3,
    seeds: 3,
  },
};
