import type {FeatureMapsQuery} from '../../shared/index.js';
import type {Measure} from '../measure.js';
import {featureMaps as answer} from './answer.js';

export const featureMaps: Measure<FeatureMapsQuery> = {
  id: 'feature-maps',
  title: 'feature maps',
  answers: ['dCNN'],
  amounts: [],
  answer,
};
