import {LIMITS, type IntraSampleQuery} from '../../shared/index.js';
import type {Measure} from '../measure.js';
import {intraSample as answer} from './answer.js';
import {captureIntraSample} from './capture.js';

export const intraSample: Measure<IntraSampleQuery> = {
  id: 'intra-sample',
  title: 'intra-sample entropy',
  answers: ['H'],
  amounts: [{name: 'bins', min: 1, max: LIMITS.bins}],
  answer,
  capture: captureIntraSample,
};
