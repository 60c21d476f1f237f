/** A constructor of typed arrays. */
export type ArrayType<A> = new (buffer: ArrayBufferLike, byteOffset?: number, length?: number) => A;

/** Creates a typed array of zeros: in new memory, or in memory that threads share. */
export type ArrayMaker = <A>(type: ArrayType<A> & {BYTES_PER_ELEMENT: number}, length: number) => A;

export const newArray: ArrayMaker = (type, length) =>
  new type(new ArrayBuffer(length * type.BYTES_PER_ELEMENT));
