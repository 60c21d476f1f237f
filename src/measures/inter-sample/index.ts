import {LIMITS, type InterSampleQuery} from '../../shared/index.js';
import type {Measure} from '../measure.js';
import {interSample as answer} from './answer.js';
import {captureInterSample} from './capture.js';

export const interSample: Measure<InterSampleQuery> = {
  id: 'inter-sample',
  title: 'inter-sample entropy',
  answers: ['Hx'],
  amounts: [{name: 'k', min: 1, max: LIMITS.k}],
  answer,
  capture: captureInterSample,
};
