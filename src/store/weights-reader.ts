import type {WeightTensor} from '../shared/recording/run-parts.js';
import {elementCount} from '../shared/layer-size.js';
import {readExtents} from './file-reader.js';
import type {WeightsFile} from './manifest.js';
import {emptyValues} from './weights-file.js';

/**
 * Reads a model's weights, in its order.
 *
 * @param root - The run folder.
 * @throws {RunFormatError} `damaged` if the file is missing or changed.
 */
export async function readWeights(root: string, file: WeightsFile): Promise<WeightTensor[]> {
  let tensors: (WeightTensor & {offset: number})[] = [];
  await readExtents(root, file, () => {
    tensors = file.tensors.map(({name, dtype, shape, valuesOffset}) => ({
      name,
      dtype,
      shape,
      values: emptyValues(dtype, elementCount(shape)),
      offset: valuesOffset,
    }));
    return tensors.map(({offset, values}) => ({offset, into: values}));
  });
  return tensors.map(({name, dtype, shape, values}) => ({name, dtype, shape, values}));
}
