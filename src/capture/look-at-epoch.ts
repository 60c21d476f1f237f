import type {Predictions} from '../shared/recording/recorder.js';
import type {Batch} from './activation-pass.js';
import {readPredictions, type Classifier} from './classifier.js';
import type {LabelledSet} from './labelled-set.js';
import type {EpochCapture} from '../shared/recording/recorder.js';
import {Stages} from '../shared/recording/stages.js';
import type {Training} from './training.js';

/** Inputs for capturing an epoch. */
export interface Looking {
  epoch: number;
  probe: LabelledSet;
  /** The probe itself where there is no larger set. */
  evaluation: LabelledSet;
  /** Receives the activations of each batch of the probe, and is awaited. */
  take: (batch: Batch) => Promise<void>;
}

/**
 * Sends the probe through the network; the weights and predictions of the moment go with it. Of these each may fail alone.
 *
 * @throws {Error} if the probe does not go through.
 */
export async function lookAtEpoch(training: Training, looking: Looking): Promise<EpochCapture> {
  const {activations, classifier, network, info} = training;
  const {epoch, probe, take} = looking;
  const output = await activations.pass(probe, classifier?.output ?? null, take);
  const stages = new Stages();
  const stage = {stage: 'predictions', of: null, what: 'the predictions could not be read'} as const;
  const predictions =
    classifier && ((await stages.run(stage, () => readPredictions(output, classifier))) ?? null);
  const read = {stage: 'weights', of: null, what: 'the weights could not be read'} as const;
  const weights = info.options.weights && (await stages.run(read, () => network.weights?.read()));
  const evaluated = {
    stage: 'evaluation',
    of: null,
    what: 'the evaluation set could not be predicted',
  } as const;
  const evaluation =
    classifier &&
    (await stages.run(evaluated, () => evaluate(training, {...looking, classifier, predictions})));
  return {
    epoch,
    logs: training.logs.splice(0),
    weights: weights || [],
    predictions,
    evaluation: evaluation ?? null,
    failures: stages.failures,
  };
}

async function evaluate(
  {activations}: Training,
  {
    evaluation,
    probe,
    classifier,
    predictions,
  }: Looking & {classifier: Classifier; predictions: Predictions | null},
): Promise<EpochCapture['evaluation']> {
  const {labels} = evaluation;
  if (evaluation === probe) return predictions && {labels, predicted: predictions.predicted};
  const output = await activations.pass(evaluation, classifier.output);
  return {labels, predicted: readPredictions(output, classifier).predicted};
}
