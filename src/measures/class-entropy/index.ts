import type {ClassEntropyQuery} from '../../shared/index.js';
import type {Measure} from '../measure.js';
import {classEntropy as answer} from './answer.js';

export const classEntropy: Measure<ClassEntropyQuery> = {
  id: 'class-entropy',
  title: 'class entropies',
  answers: ['H(label|y)', 'H(y|label)'],
  amounts: [],
  answer,
};
