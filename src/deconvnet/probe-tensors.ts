import type {Run} from '../store/index.js';
import {inputOrders, inverseOrder} from '../model/channel-axis.js';
import type {LayersModel, Tensor} from '../model/tensorflow.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/**
 * Samples of a run's probe as its model takes them: a run keeps inputs with their channels last, whatever the model's
 * data format. The caller disposes them.
 *
 * @param samples - Probe samples by index.
 * @returns One tensor for each input of the model, [samples, ...input shape].
 * @throws {RangeError} if there is no such sample.
 */
export async function probeTensors(
  tf: Pick<DeconvnetTensorFlow, 'tensor' | 'tidy' | 'transpose'>,
  run: Run,
  model: LayersModel,
  samples: readonly number[],
): Promise<Tensor[]> {
  const orders = inputOrders(model);
  const {inputs} = await run.probeSamples(samples);
  return inputs.map(({values, shape}, i) => {
    const order = orders[i];
    return tf.tidy(() => {
      const kept = tf.tensor(values, [samples.length, ...shape]);
      return order ? tf.transpose(kept, inverseOrder(order)) : kept;
    });
  });
}
