import type {ArrayMaker, ArrayType} from './array-maker.js';

/** A typed array in memory that all threads see. */
export const sharedArray: ArrayMaker = (type, length) =>
  new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));

/** The same values in memory that all threads see; the array itself where it is there already. */
export function shared<A extends Float32Array | Float64Array | Uint8Array>(values: A): A {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const type = values.constructor as ArrayType<A> & {BYTES_PER_ELEMENT: number};
  const copy = sharedArray(type, values.length);
  copy.set(values);
  return copy;
}
