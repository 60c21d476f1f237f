import type {Query} from '../../shared/index.js';
import {aggregate} from './aggregate.js';
import {collected, type AnswerParts} from './answer-parts.js';
import {assertOptions} from './assert-options.js';
import {capacity} from './capacity.js';
import {classEntropy} from './class-entropy.js';
import type {Answer, Evaluation} from './evaluation.js';
import {featureMaps} from './feature-maps.js';
import {interSample} from './inter-sample.js';
import {intraSample} from './intra-sample.js';

/**
 * Answers a question about a run.
 *
 * @throws {NoSuchSlice} if it names something that the run does not have, or asks for more than one answer holds.
 */
export async function evaluate(evaluation: Evaluation, query: Query): Promise<Answer> {
  assertOptions(query);
  return await collected(answerParts(evaluation, query));
}

function answerParts(evaluation: Evaluation, query: Query): AnswerParts {
  if ('aggregate' in query) return aggregate(answerParts(evaluation, query.of), query);
  switch (query.measure) {
    case 'H':
      return intraSample(evaluation, query);
    case 'Hx':
      return interSample(evaluation, query);
    case 'H(label|y)':
    case 'H(y|label)':
      return classEntropy(evaluation, query);
    case 'C':
      return capacity(evaluation, query);
    case 'dCNN':
      return featureMaps(evaluation, query);
  }
}
