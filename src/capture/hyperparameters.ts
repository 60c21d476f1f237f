import type {HParam, Hyperparameters} from '../shared/recording/tensorboard-parts.js';
import type {RunInfo} from '../shared/index.js';
import type {LayersModel} from '../model/tensorflow.js';

/** Training settings of a model; null, or missing, if unknown. */
export interface ModelParameters {
  /** Optimizer, learning rate and the number of parameters, by the names that are shown. */
  compared: Record<string, HParam | null>;
  others: Record<string, HParam | null>;
}

export function modelParameters(model: LayersModel): ModelParameters {
  return {
    compared: {...optimizerOf(model), parameters: model.countParams()},
    others: {loss: lossName(model.loss)},
  };
}

/**
 * Returns the settings of a training, as far as model and run have them.
 *
 * @param own - The user's own; they win.
 */
export function hyperparameters(
  model: ModelParameters,
  {training, seed, backend, probe, options}: RunInfo,
  own: Readonly<Record<string, HParam>>,
): Hyperparameters {
  const {everyEpochs, dtype, bins, range, k} = options;
  const compared = known({
    ...model.compared,
    batch_size: training.batchSize,
    training_samples: training.samples,
    ...own,
  });
  const others = known({
    ...model.others,
    epochs: training.epochs,
    backend,
    probe_samples: probe.samples,
    seed,
    every_epochs: everyEpochs,
    dtype,
    bins,
    range,
    k,
  });
  return {compared, others: Object.fromEntries(Object.entries(others).filter(([name]) => !(name in own)))};
}

/** A model that is trained by hand may have none. */
function optimizerOf({optimizer}: LayersModel): Record<string, HParam | null> {
  if (!(optimizer as unknown)) return {};
  const {learningRate} = optimizer as unknown as {learningRate?: unknown};
  return {
    optimizer: optimizer.getClassName(),
    learning_rate: typeof learningRate === 'number' ? learningRate : null,
  };
}

function lossName(loss: unknown): string | null {
  if (typeof loss === 'string') return loss;
  // tfjs marks its own functions: softmaxCrossEntropy__op.
  if (typeof loss === 'function') return loss.name.replace(/__op$/, '') || 'custom';
  if (typeof loss !== 'object' || loss === null) return null;
  return Object.values(loss).map(lossName).join(', ');
}

/** Unknown and non-finite values are left out. */
function known(values: Record<string, HParam | null>): Record<string, HParam> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, HParam] => {
      const [, value] = entry;
      return value !== null && (typeof value !== 'number' || Number.isFinite(value));
    }),
  );
}
