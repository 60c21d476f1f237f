import {binary, field, int32, list, utf8, type Batch} from '@uwdata/flechette';
import {assertLength} from '../shared/index.js';
import type {WeightTensor} from '../shared/recording/run-parts.js';
import {elementCount} from '../shared/layer-size.js';
import {fileLayout, type LaidBatch} from './arrow/file-layout.js';
import {batchOf} from './arrow/table-of.js';
import type {WeightsFile} from './manifest.js';
import {replaceFile} from './replace-file.js';

type WeightDtype = WeightsFile['tensors'][number]['dtype'];

const ARRAY_TYPES = {float32: Float32Array, int32: Int32Array, bool: Uint8Array} as const;

const textType = utf8();
const valuesType = binary();
const shapeType = list(field('item', int32(), false));
const fields = [
  field('name', textType, false),
  field('dtype', textType, false),
  field('shape', shapeType, false),
  field('values', valuesType, false),
];

/**
 * Writes weights as an Arrow file with one record batch of one row per weight: `name`, `dtype`, `shape`, and `values`,
 * the little-endian bytes.
 *
 * @param path - Native path of the file.
 * @returns What the manifest says of the file, but for its path.
 * @throws {TypeError} if a dtype is not supported or not that of its array.
 * @throws {RangeError} if an array does not fill its shape.
 */
export async function writeWeights(
  path: string,
  weights: readonly WeightTensor[],
): Promise<Omit<WeightsFile, 'path'>> {
  const dtypes = weights.map(checkedDtype);
  const {head, batches, tail} = fileLayout(fields, weights.map(toBatch));
  const digest = await replaceFile(path, append => {
    return append([...head, ...batches.flatMap(({chunks}) => chunks), ...tail]);
  });
  const tensors = weights.map(({name, shape}, i) => {
    return {name, dtype: dtypes[i] as WeightDtype, shape, ...(batches[i] as LaidBatch).at};
  });
  return {kind: 'weights', ...digest, tensors};
}

/** A typed array of `length` elements for values of a dtype, all zero. */
export function emptyValues(dtype: WeightDtype, length: number): WeightTensor['values'] {
  return new ARRAY_TYPES[dtype](length);
}

function checkedDtype({name, dtype, shape, values}: WeightTensor): WeightDtype {
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new TypeError(
      `writeWeights: weight ${name} has dtype ${dtype}; only float32, int32 and bool can be stored.`,
    );
  }
  if (!(values instanceof ARRAY_TYPES[dtype])) {
    throw new TypeError(
      `writeWeights: weight ${name} of dtype ${dtype} needs a ${ARRAY_TYPES[dtype].name}, got a ${values.constructor.name}.`,
    );
  }
  assertLength('writeWeights', `values of ${name}`, values, elementCount(shape));
  return dtype;
}

/** The columns of a row. */
function toBatch({name, dtype, shape, values}: WeightTensor): Batch<unknown>[] {
  const lengths = batchOf(int32(), {length: shape.length, values: Int32Array.from(shape)});
  return [
    batchOf(textType, oneValue(new TextEncoder().encode(name))),
    batchOf(textType, oneValue(new TextEncoder().encode(dtype))),
    batchOf(shapeType, {length: 1, offsets: Int32Array.of(0, shape.length), children: [lengths]}),
    batchOf(valuesType, oneValue(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))),
  ];
}

function oneValue(bytes: Uint8Array): {length: number; offsets: Int32Array; values: Uint8Array} {
  return {length: 1, offsets: Int32Array.of(0, bytes.length), values: bytes};
}
