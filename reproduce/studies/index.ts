import type {Lab} from '../lab.js';
import type {Measurements} from '../measuring.js';
import type {Step} from '../steps.js';
import {neighborsStudy, type NeighborsRow} from './neighbors.js';
import {pruningStudy, type PruningRow} from './pruning.js';
import {sensitivity, type Sensitivity} from './sensitivity.js';

/** Studies beyond single claims. */
export interface Studies {
  neighbors: NeighborsRow[];
  sensitivity: Sensitivity;
  pruning: PruningRow[];
}

/** The steps that fill `studies`. */
export function studySteps(
  studies: Studies,
  {lab, measurements, seeds}: {lab: Lab; measurements: Measurements; seeds: readonly number[]},
): Step[] {
  const neighbors = measurements.step({
    name: 'neighbors',
    seed: 1,
    weight: lab.plan.name === 'full' ? 5000 : 500,
    code: ['studies/neighbors.js', 'studies/many-neighbors.js'],
    work: () => neighborsStudy(lab),
    use: rows => studies.neighbors.push(...rows),
  });
  const ofSeed = (seed: number) => [
    measurements.step({
      name: 'pruning',
      seed,
      weight: 4000,
      code: ['studies/pruning.js', 'studies/silence.js'],
      work: () => pruningStudy(lab, seed),
      use: rows => studies.pruning.push(...rows),
    }),
    measurements.step({
      name: 'sensitivity',
      seed,
      weight: 4000,
      code: ['studies/sensitivity.js'],
      work: () => sensitivity(lab, seed),
      use: ({intra, capacity, inter}) => {
        studies.sensitivity.intra.push(...intra);
        studies.sensitivity.capacity.push(...capacity);
        studies.sensitivity.inter.push(...inter);
      },
    }),
  ];
  return [neighbors, ...seeds.flatMap(ofSeed)];
}
