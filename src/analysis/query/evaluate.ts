import type {Query} from '../../shared/index.js';
import {aggregate} from './aggregate.js';
import {capacity} from './capacity.js';
import {classEntropy} from './class-entropy.js';
import type {Answer, Evaluation} from './evaluation.js';
import {featureMaps} from './feature-maps.js';
import {interSample} from './inter-sample.js';
import {intraSample} from './intra-sample.js';

/**
 * Answers a question about a run.
 *
 * @throws {NoSuchSlice} if it names something that the run does not have.
 */
export async function evaluate(evaluation: Evaluation, query: Query): Promise<Answer> {
  if ('aggregate' in query) return aggregate(await evaluate(evaluation, query.of), query);
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
