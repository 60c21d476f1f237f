import type {WeightTensor} from '../store/index.js';
import type {LayersModel} from './tensorflow.js';

/** What the weights take, at 4 bytes a value. */
export function weightBytes({weights}: LayersModel): number {
  return weights.reduce(
    (sum, {shape}) => sum + 4 * shape.reduce<number>((product, extent) => product * (extent ?? 1), 1),
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
