import type {LabelledSet} from './labelled-set.js';
import type {Tensor, TensorFlow} from '../model/tensorflow.js';

/**
 * Some samples of each input of a set, [count, ...shape]; the caller disposes them.
 *
 * @param shapes - Of one sample of each input.
 */
export function inputTensors(
  tf: Pick<TensorFlow, 'tensor'>,
  set: LabelledSet,
  {start, count, shapes}: {start: number; count: number; shapes: readonly (readonly number[])[]},
): Tensor[] {
  return set.inputs.map(({values, size}, i) =>
    tf.tensor(
      // A copy: not every backend takes memory that threads share.
      values.slice(start * size, (start + count) * size),
      [count, ...(shapes[i] as number[])],
      values instanceof Int32Array ? 'int32' : 'float32',
    ),
  );
}
