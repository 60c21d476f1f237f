import {binMaps, binOwnMaps, measureExtents} from './bin-maps.js';
import {codePairs} from './code-pairs.js';
import {countJoint, jointEntropy} from './count-joint.js';
import {findNearest, refineNearest} from './find-nearest.js';
import {measureSpectrum} from './matrix-entropy.js';
import {plainExtents, plainHistograms} from './plain-maps.js';
import {plainNearest} from './plain-nearest.js';
import type {Operation} from './operation.js';

/** Operations of a thread, by name. */
export const operations = {
  binMaps,
  binOwnMaps,
  codePairs,
  countJoint,
  findNearest,
  jointEntropy,
  measureExtents,
  measureSpectrum,
  plainExtents,
  plainHistograms,
  plainNearest,
  refineNearest,
};

export type OperationName = keyof typeof operations;
export type InputOf<Name extends OperationName> = Name extends OperationName
  ? (typeof operations)[Name] extends Operation<infer Input>
    ? Input
    : never
  : never;
