import type {WeightTensor} from '../shared/recording/run-parts.js';
import {Binary, Field, Int32, List, makeData, RecordBatch, Schema, Struct, Utf8} from 'apache-arrow';
import {assertLength} from '../shared/index.js';
import {pixelCount} from './activations-file.js';
import {ArrowFileWriter} from './arrow-file-writer.js';
import type {WeightsFile} from './manifest.js';
import {replaceFile} from './replace-file.js';

type WeightDtype = WeightsFile['tensors'][number]['dtype'];

const ARRAY_TYPES = {float32: Float32Array, int32: Int32Array, bool: Uint8Array} as const;

const shapeType = new List(new Field('item', new Int32(), false));
const schema = new Schema([
  new Field('name', new Utf8(), false),
  new Field('dtype', new Utf8(), false),
  new Field('shape', shapeType, false),
  new Field('values', new Binary(), false),
]);

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
  const tensors: WeightsFile['tensors'] = [];
  const digest = await replaceFile(path, async append => {
    const writer = new ArrowFileWriter(append);
    for (const [i, weight] of weights.entries()) {
      const {name, shape} = weight;
      tensors.push({name, dtype: dtypes[i] as WeightDtype, shape, ...writer.add(toBatch(weight))});
    }
    await writer.end();
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
  assertLength('writeWeights', `values of ${name}`, values, pixelCount(shape));
  return dtype;
}

function toBatch({name, dtype, shape, values}: WeightTensor): RecordBatch {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const columns = [
    makeData({type: new Utf8(), ...oneText(name)}),
    makeData({type: new Utf8(), ...oneText(dtype)}),
    makeData({
      type: shapeType,
      length: 1,
      valueOffsets: Int32Array.of(0, shape.length),
      child: makeData({type: new Int32(), data: Int32Array.from(shape)}),
    }),
    makeData({
      type: new Binary(),
      length: 1,
      valueOffsets: Int32Array.of(0, bytes.length),
      data: bytes,
    }),
  ];
  return new RecordBatch(schema, makeData({type: new Struct(schema.fields), length: 1, children: columns}));
}

function oneText(text: string): {length: number; valueOffsets: Int32Array; data: Uint8Array} {
  const data = new TextEncoder().encode(text);
  return {length: 1, valueOffsets: Int32Array.of(0, data.length), data};
}
