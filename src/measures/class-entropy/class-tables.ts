import {classEntropies, confusionMatrix} from '../../metrics/index.js';
import {NO_LABEL} from '../../shared/index.js';
import type {EpochCapture, EpochTables} from '../../shared/recording/recorder.js';

/**
 * The tables that speak of classes; none where the model names none. A sample without a prediction, because the output
 * is not finite, is in no cell of the confusion matrix.
 *
 * @param labels - Of the probe.
 * @param classes - How many there are.
 */
export function classTables(capture: EpochCapture, labels: Int32Array, classes: number): EpochTables {
  return {...confusionTables(capture, classes), ...predictionTable(capture, labels)};
}

function confusionTables({epoch, evaluation}: EpochCapture, classes: number): EpochTables {
  if (!evaluation) return {};
  const {labels, predicted} = evaluation;
  const isPredicted = (_: number, sample: number) => predicted[sample] !== NO_LABEL;
  const counts = confusionMatrix(labels.filter(isPredicted), predicted.filter(isPredicted), classes);
  const entropies = classEntropies(counts, classes);
  const isLost = labels.length > 0 && !labels.some(isPredicted);
  const seen = new Set(labels);
  const reason = (i: number) => {
    const reasons = [
      entropies.neverPredicted[i] && (isLost ? 'non-finite' : 'never-predicted'),
      entropies.neverSeen[i] && (seen.has(i) ? 'non-finite' : 'never-seen'),
    ].filter(name => name !== false && name !== undefined);
    return [...new Set(reasons)].join(',') || null;
  };
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
