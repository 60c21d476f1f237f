import {NO_LABEL} from '../shared/index.js';
import type {Predictions} from '../shared/recording/recorder.js';
import {argMaxRows} from './labelled-set.js';

/** The output of the model that names classes. */
export interface Classifier {
  /** Its place in `model.outputs`. */
  output: number;
  /** Units of the output: 1 for a single sigmoid. */
  width: number;
  classes: number;
}

/**
 * For a single sigmoid, class 1 is a value above 0.5, as the binary accuracy of tfjs and Keras counts it.
 *
 * An answer that holds a NaN, or whose largest value is not finite, names no class: `NO_LABEL`, with a probability of
 * NaN. Its largest value would be the first, whatever the sample.
 *
 * @param outputs - The classifying output, [samples, width].
 * @throws {RangeError} if a single unit is no probability.
 */
export function readPredictions(outputs: Float32Array, {width}: Classifier): Predictions {
  if (width === 1) {
    const other = outputs.find(value => value < 0 || value > 1);
    if (other !== undefined) {
      throw new RangeError(
        `the output has the value ${other}, but one unit must be a probability from 0 to 1; of a logit give its sigmoid.`,
      );
    }
    const predicted = Int32Array.from(outputs, value =>
      Number.isNaN(value) ? NO_LABEL : value > 0.5 ? 1 : 0,
    );
    return {predicted, probability: outputs.map(value => (value > 0.5 ? value : 1 - value))};
  }
  const predicted = argMaxRows(outputs, width).map((column, row) => {
    const answer = outputs.subarray(row * width, (row + 1) * width);
    return Number.isFinite(answer[column]) && !answer.some(Number.isNaN) ? column : NO_LABEL;
  });
  return {
    predicted,
    probability: Float32Array.from(predicted, (column, row) =>
      column === NO_LABEL ? Number.NaN : (outputs[row * width + column] as number),
    ),
  };
}
