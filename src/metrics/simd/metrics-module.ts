import {readFileSync} from 'node:fs';

/** Exports of metrics.wasm (assembly/metrics.ts). Arrays are byte offsets in its memory. */
interface Exports {
  allFinite(x: number, length: number): number;
  center(x: number, n: number, stride: number, centre: number, extents: number): number;
  roundRows(
    x: number,
    n: number,
    stride: number,
    centre: number,
    perUnit: number,
    points: number,
    strip: number,
    norms: number,
    normRows: number,
  ): number;
  distanceScratch(): number;
  squaredDistances(x: number, n: number, stride: number, before: number, out: number, scratch: number): void;
  gridDistances(points: number, norms: number, n: number, stride: number, out: number, tile: number): void;
  squareRoots(values: number, length: number, ends: number): void;
  exactExtremes(
    x: number,
    n: number,
    stride: number,
    distances: number,
    error: number,
    step: number,
    ends: number,
    out: number,
  ): void;
  gridCodes(
    distances: number,
    pairs: number,
    lo: number,
    perStep: number,
    error: number,
    bins: number,
    codes: number,
    doubtful: number,
  ): number;
  exactCodes(
    x: number,
    n: number,
    stride: number,
    doubtful: number,
    count: number,
    lo: number,
    width: number,
    bins: number,
    codes: number,
  ): void;
  countCodes(codes: number, pairs: number, bins: number, counts: number): void;
  jointHistogram(a: number, b: number, pairs: number, shift: number, counts: number): void;
  jointEntropies(
    a: number,
    b: number,
    pairs: number,
    channels: number,
    shift: number,
    table: number,
    counts: number,
    entropy: number,
    occupied: number,
  ): void;
  nearest(
    points: number,
    norms: number,
    normBytes: number,
    ids: number,
    n: number,
    stride: number,
    k: number,
    iBlock: number,
    jBlock: number,
    distances: number,
    indices: number,
    reach: number,
    scratch: number,
    strip: number,
  ): void;
  nearestCandidates(
    x: number,
    stride: number,
    row: number,
    candidates: number,
    bounds: number,
    count: number,
    k: number,
    distances: number,
    indices: number,
  ): number;
  nearestOfAll(
    x: number,
    n: number,
    stride: number,
    row: number,
    k: number,
    distances: number,
    indices: number,
  ): void;
  mapExtents(
    x: number,
    pixels: number,
    channels: number,
    min: number,
    max: number,
    zeros: number,
    bad: number,
  ): void;
  mapHistograms(
    x: number,
    pixels: number,
    channels: number,
    bins: number,
    shift: number,
    lo: number,
    hi: number,
    counts: number,
  ): void;
  histogramEntropies(
    counts: number,
    channels: number,
    bins: number,
    shift: number,
    table: number,
    pixels: number,
    entropy: number,
  ): void;
}

const PAGE_BYTES = 65536;
/** The memory below belongs to the kernels (assembly/metrics/scratch.ts). */
const START = 1024 + 16384;
/** Rows are read in tiles of 3 and of 4: as many as make whole tiles of either. */
export const ROW_MULTIPLE = 12;
/** Columns are read in eights where they become int16. */
const COLUMN_MULTIPLE = 8;

let compiled: WebAssembly.Module | undefined;

/** An instance of the kernels with its own memory: for one thread, one piece of work at a time. */
export class MetricsModule {
  readonly kernels: Exports;
  readonly #memory = new WebAssembly.Memory({initial: 1});
  #end = START;

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('./metrics.wasm', import.meta.url)));
    const instance = new WebAssembly.Instance(compiled, {env: {memory: this.#memory}});
    this.kernels = instance.exports as Exports;
  }

  /** Frees all memory; its contents must not be read any more. */
  reset(): void {
    this.#end = START;
  }

  /**
   * Room for some bytes, at a multiple of 16; its content is whatever was there.
   *
   * @throws {RangeError} saying how much was wanted.
   */
  allocate(bytes: number): number {
    const offset = this.#end;
    this.#end = offset + Math.ceil(bytes / 16) * 16;
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#grow(missing);
    return offset;
  }

  /** Copies values in. */
  put(values: Float32Array | Float64Array | Uint8Array | Int32Array): number {
    const offset = this.allocate(values.byteLength);
    this.bytes(offset, values.byteLength).set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
    return offset;
  }

  /**
   * Copies rows in, each filled up with zeros to a multiple of 32 bytes, and their number to whole tiles.
   *
   * @param columns - Columns in the order wanted; default as they are.
   */
  putRows(x: Float32Array, {rows, features, columns}: RowsToPut): Rows {
    const stride = Math.ceil(features / COLUMN_MULTIPLE) * COLUMN_MULTIPLE;
    const padded = Math.ceil(rows.length / ROW_MULTIPLE) * ROW_MULTIPLE;
    const offset = this.allocate(4 * padded * stride);
    const into = this.floats(offset, padded * stride);
    if (columns !== undefined || stride !== features || padded !== rows.length) into.fill(0);
    for (let row = 0; row < rows.length; row++) {
      const from = rows[row] * features;
      if (columns === undefined) into.set(x.subarray(from, from + features), row * stride);
      else for (let i = 0; i < features; i++) into[row * stride + i] = x[from + columns[i]];
    }
    return {offset, count: rows.length, stride: 4 * stride};
  }

  // Views are for the moment: the next allocation may move the memory.

  bytes(offset: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, offset, length);
  }

  floats(offset: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, offset, length);
  }

  doubles(offset: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, offset, length);
  }

  integers(offset: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, offset, length);
  }

  counts(offset: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, offset, length);
  }

  #grow(bytes: number): void {
    try {
      this.#memory.grow(Math.ceil(bytes / PAGE_BYTES));
    } catch (cause) {
      const mebibytes = Math.ceil(this.#end / 2 ** 20);
      throw new RangeError(`Cannot allocate ${mebibytes} MiB for the metrics kernels in one thread.`, {
        cause,
      });
    }
  }
}

interface RowsToPut {
  /** Row indices. */
  rows: ArrayLike<number>;
  features: number;
  columns?: Int32Array;
}

/** Rows in the memory of a module. */
export interface Rows {
  offset: number;
  count: number;
  /** Bytes from one row to the next. */
  stride: number;
}
