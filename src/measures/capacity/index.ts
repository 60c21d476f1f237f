import {LIMITS, type CapacityQuery} from '../../shared/index.js';
import type {Measure} from '../measure.js';
import {capacity as answer} from './answer.js';

export const capacity: Measure<CapacityQuery> = {
  id: 'capacity',
  title: 'channel capacity',
  answers: ['C'],
  amounts: [
    {name: 'bins', min: 1, max: LIMITS.capacityBins},
    {name: 'permutations', min: 0, max: LIMITS.permutations},
  ],
  answer,
};
