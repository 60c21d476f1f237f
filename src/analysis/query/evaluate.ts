import type {Query} from '../../shared/index.js';
import {collected, type AnswerParts} from '../../measures/answer/answer-parts.js';
import {measureFor, type Answer, type Evaluation} from '../../measures/index.js';
import {aggregate} from './aggregate.js';
import {assertOptions} from './assert-options.js';
import {withSamples} from './with-samples.js';

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
  return withSamples(measureFor(query).answer(evaluation, query));
}
