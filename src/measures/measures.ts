import {capacity} from './capacity/index.js';
import {classEntropy} from './class-entropy/index.js';
import {effectiveRank} from './effective-rank/index.js';
import {featureMaps} from './feature-maps/index.js';
import {interSample} from './inter-sample/index.js';
import {intraSample} from './intra-sample/index.js';
import type {Measure} from './measure.js';

/** All measures, each from its folder. */
export const MEASURES: readonly Measure[] = [
  intraSample,
  interSample,
  effectiveRank,
  classEntropy,
  capacity,
  featureMaps,
];
