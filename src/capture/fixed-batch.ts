import type {LayersModel, Tensor, TensorFlow} from '../model/tensorflow.js';

/** The batch size that a model was built for, by `batchInputShape` or `batchShape`; null for any. */
export function fixedBatch({inputs}: LayersModel): number | null {
  return inputs.find(({shape}) => typeof shape[0] === 'number')?.shape[0] ?? null;
}

/**
 * The first samples of a batch, or the batch filled up to more: with its first sample, which has values that the model can
 * take.
 *
 * @param samples - [N, …]
 * @returns [count, …]; the tensor itself where it has so many.
 */
export function ofCount(tf: Pick<TensorFlow, 'gather' | 'tensor1d'>, samples: Tensor, count: number): Tensor {
  const [given = 0] = samples.shape;
  if (given === count) return samples;
  const indices = Array.from({length: count}, (_, i) => (i < given ? i : 0));
  return tf.gather(samples, tf.tensor1d(indices, 'int32'));
}
