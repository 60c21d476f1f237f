import {isTensor} from '../model/is-tensor.js';
import type {LayersModel, Tensor} from '../model/tensorflow.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/** The user's tensors, found to fit the model. */
export interface ModelInputs {
  /** One for each input of the model, [samples, ...shape]. */
  tensors: Tensor[];
  names: string[];
  samples: number;
}

/**
 * Checks that tensors fit the inputs of a model.
 *
 * @throws {TypeError} if one is not a tensor.
 * @throws {RangeError} if there are more or fewer than inputs, none has a sample, or a shape is not the model's.
 */
export function readInputs(model: LayersModel, xs: Tensor | readonly Tensor[]): ModelInputs {
  const tensors = Array.isArray(xs) ? (xs as Tensor[]) : [xs as Tensor];
  const names = model.inputs.map((input, i) => model.inputNames[i] ?? input.name);
  if (tensors.length !== names.length) {
    throw new RangeError(
      `deconvnet: xs: the model has ${names.length} inputs (${names.join(', ')}), got ${tensors.length}.`,
    );
  }
  const other = tensors.findIndex(tensor => !isTensor(tensor));
  if (other >= 0)
    throw new TypeError(
      `deconvnet: xs must be tensors, one for each input of the model, got ${typeof tensors[other]} for "${names[other]}".`,
    );
  const samples = tensors[0]?.shape[0] ?? 0;
  tensors.forEach(({shape}, i) => {
    const wanted = model.inputs[i]?.shape.slice(1) ?? [];
    const fits =
      shape.length === wanted.length + 1 &&
      wanted.every((extent, axis) => extent === null || extent === shape[axis + 1]);
    if (!fits) {
      throw new RangeError(
        `deconvnet: xs: input "${names[i]}" of the model has shape [samples, ${wanted.map(extent => extent ?? '?').join(', ')}], got [${shape.join(', ')}].`,
      );
    }
    if (shape[0] !== samples || samples === 0) {
      throw new RangeError(
        `deconvnet: xs: every input needs the same number of samples, at least one; "${names[0]}" has ${samples}, "${names[i]}" has ${shape[0]}.`,
      );
    }
  });
  return {tensors, names, samples};
}

/** Some samples of every input, as new tensors; integers become floats where the model wants those. */
export function sliceInputs(
  tf: Pick<DeconvnetTensorFlow, 'cast' | 'slice'>,
  model: LayersModel,
  {tensors}: ModelInputs,
  start: number,
  count: number,
): Tensor[] {
  return tensors.map((tensor, i) => {
    const part = tf.slice(
      tensor,
      [start, ...tensor.shape.slice(1).map(() => 0)],
      [count, ...tensor.shape.slice(1)],
    );
    return tf.cast(part, model.inputs[i]?.dtype ?? 'float32');
  });
}
