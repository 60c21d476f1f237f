import {classEntropies, confusionMatrix} from '../../metrics/index.js';
import type {EpochCapture, EpochTables} from '../../shared/recording/recorder.js';

/**
 * The tables that speak of classes; none where the model names none.
 *
 * @param labels - Of the probe.
 * @param classes - How many there are.
 */
export function classTables(capture: EpochCapture, labels: Int32Array, classes: number): EpochTables {
  return {...confusionTables(capture, classes), ...predictionTable(capture, labels)};
}

function confusionTables({epoch, evaluation}: EpochCapture, classes: number): EpochTables {
  if (!evaluation) return {};
  const counts = confusionMatrix(evaluation.labels, evaluation.predicted, classes);
  const entropies = classEntropies(counts, classes);
  const reason = (i: number) =>
    [entropies.neverPredicted[i] && 'never-predicted', entropies.neverSeen[i] && 'never-seen']
      .filter(Boolean)
      .join(',') || null;
  return {
    confusion: Array.from(counts, (count, cell) => ({
      epoch,
      label: Math.floor(cell / classes),
      predicted: cell % classes,
      count,
    })),
    class_entropy: Array.from({length: classes}, (_, i) => ({
      epoch,
      class: i,
      label_given_pred: entropies.labelGivenPred[i] ?? null,
      pred_given_label: entropies.predGivenLabel[i] ?? null,
      reason: reason(i),
    })),
  };
}

function predictionTable({epoch, predictions}: EpochCapture, labels: Int32Array): EpochTables {
  if (!predictions) return {};
  return {
    predictions: Array.from(labels, (label, sample) => ({
      epoch,
      sample,
      label,
      predicted: predictions.predicted[sample] as number,
      probability: Number.isFinite(predictions.probability[sample])
        ? (predictions.probability[sample] as number)
        : null,
    })),
  };
}
