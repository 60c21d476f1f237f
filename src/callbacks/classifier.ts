import {argMaxRows} from './labelled-set.js';
import type {Layer, LayersModel} from './tensorflow.js';

/** The output of the model that names classes. */
export interface Classifier {
  /** Its place in `model.outputs`. */
  output: number;
  /** Units of the output: 1 for a single sigmoid. */
  width: number;
  classes: number;
}

/** Losses of a regression: with them, units without an activation are numbers, not scores of classes. */
const distances = new Set<unknown>([
  'meanSquaredError',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'logcosh',
  'poisson',
  'cosineProximity',
]);

/**
 * Finds the output that names classes: the first of shape [N, width] with a unit for every class of the labels, or a
 * single sigmoid unit when there are two classes. A model without one (a regression, an autoencoder) has no confusion
 * matrix.
 */
export function findClassifier(model: LayersModel, labelClasses: number): Classifier | null {
  for (const [output, symbolic] of model.outputs.entries()) {
    const {shape} = symbolic;
    const width = shape.at(-1) ?? 0;
    if (shape.length !== 2) continue;
    const activation = activationOf(symbolic.sourceLayer);
    const loss = lossOf(model, output);
    if (width > 1 && width >= labelClasses && !(activation === 'linear' && distances.has(loss)))
      return {output, width, classes: width};
    if (width === 1 && labelClasses <= 2 && activation === 'sigmoid') return {output, width, classes: 2};
  }
  return null;
}

/** As compiled, for one of the outputs; undefined for a model that a loop of the user's own trains. */
function lossOf({loss, outputNames}: LayersModel, output: number): unknown {
  if (Array.isArray(loss)) return loss[output];
  return typeof loss === 'object' ? loss[outputNames[output] ?? ''] : loss;
}

function activationOf(layer: Layer): string | undefined {
  const {activation} = layer as {activation?: {getClassName(): string}};
  return activation?.getClassName();
}

export interface Predictions {
  /** Class index of each sample. */
  predicted: Int32Array;
  /** The output's value at that class: a probability after a softmax or sigmoid. */
  probability: Float32Array;
}

/** @param outputs - The classifying output, [samples, width]. */
export function readPredictions(outputs: Float32Array, {width}: Classifier): Predictions {
  if (width === 1) {
    const predicted = Int32Array.from(outputs, value => (value >= 0.5 ? 1 : 0));
    return {predicted, probability: outputs.map(value => (value >= 0.5 ? value : 1 - value))};
  }
  const predicted = argMaxRows(outputs, width);
  return {
    predicted,
    probability: Float32Array.from(predicted, (column, row) => outputs[row * width + column] as number),
  };
}
