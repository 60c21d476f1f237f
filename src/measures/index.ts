/**
 * The measures, one folder each: what is computed at capture, and what answers a question of the notation.
 *
 * @module cnnslicer/measures
 */
import type {MeasureQuery} from '../shared/index.js';
import {capacity} from './capacity/index.js';
import {classEntropy} from './class-entropy/index.js';
import {featureMaps} from './feature-maps/index.js';
import {interSample} from './inter-sample/index.js';
import {intraSample} from './intra-sample/index.js';
import type {Measure} from './measure.js';

export type {Measure} from './measure.js';
export type {AnswerPart, AnswerParts} from './answer/answer-parts.js';
export type {Answer, Evaluation} from './answer/evaluation.js';
export {measureLayer, type LayerMeasures, type MeasureOptions} from './capture/measure-layer.js';
export type {MeasureFailure} from './capture/measure-attempts.js';
export {NoSuchSlice} from './slice/no-such-slice.js';

/** All measures, each from its folder. */
export const MEASURES: readonly Measure[] = [intraSample, interSample, classEntropy, capacity, featureMaps];

/** The measure that answers a query. */
export function measureOf({measure: name}: MeasureQuery): Measure {
  const found = MEASURES.find(({answers}) => answers.includes(name));
  if (found === undefined) throw new RangeError(`No measure answers ${name}.`);
  return found;
}
