import type {WeightTensor} from '../shared/recording/run-parts.js';
import type {LayersModel} from '../model/tensorflow.js';

/** Arrow's own share of each weight on disk. */
const WEIGHT_BATCH = 600;

/** Disk space of the weights, at 4 bytes per value. */
export function weightBytes({weights}: LayersModel): number {
  return weights.reduce(
    (sum, {shape}) =>
      sum + WEIGHT_BATCH + 4 * shape.reduce<number>((product, extent) => product * (extent ?? 1), 1),
    0,
  );
}

/** The weights of the moment, copied: with some backends `data()` gives the values themselves. */
export async function readWeights(model: LayersModel): Promise<WeightTensor[]> {
  return Promise.all(
    model.weights.map(async weight => {
      const values = await weight.read().data();
      return {
        name: weight.originalName,
        shape: weight.shape as number[],
        dtype: weight.dtype,
        values: values.slice() as WeightTensor['values'],
      };
    }),
  );
}
