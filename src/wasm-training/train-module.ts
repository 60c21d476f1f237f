import {readFile} from 'node:fs/promises';
import type * as tf from '@tensorflow/tfjs';
import {packGeometry, type Geometry} from './geometry.js';
import {constant, type WasmBackend} from './wasm-backend.js';

/** Exports of train.wasm (assembly/train.ts). Tensors and geometries are byte offsets in the backend's memory. */
export interface TrainModule {
  conv2dBackpropFilter(
    geometry: number,
    x: number,
    dy: number,
    dFilter: number,
    scratch: number,
    rowsPerBlock: number,
  ): void;
  conv2dBackpropInput(
    geometry: number,
    dy: number,
    filter: number,
    dx: number,
    scratch: number,
    pixelsPerBlock: number,
  ): void;
  maxPoolGrad(geometry: number, x: number, dy: number, dx: number): void;
  columnSums(matrix: number, rows: number, columns: number, sums: number): void;
}

/**
 * Compiles train.wasm. The returned function places it in the memory of a backend: one instance per backend, null
 * where the memory is out of reach (not exported, or shared between threads, which the module is not compiled for).
 */
export async function loadTrainModule(): Promise<(backend: WasmBackend) => TrainModule | null> {
  const module = await WebAssembly.compile(await readFile(new URL('./train.wasm', import.meta.url)));
  const instances = new WeakMap<WasmBackend, TrainModule>();
  return backend => {
    const placed = instances.get(backend);
    if (placed !== undefined) return placed;
    const memory = backend.wasm?.asm?.memory;
    if (!(memory?.buffer instanceof ArrayBuffer)) return null;
    const instance = new WebAssembly.Instance(module, {env: {memory}}).exports as TrainModule;
    instances.set(backend, instance);
    return instance;
  };
}

/** Byte offset of a tensor. */
export function offsetOf(backend: WasmBackend, info: tf.TensorInfo): number {
  return backend.getMemoryOffset(info.dataId);
}

/**
 * Calls `run` with the byte offset of a geometry and of `scratchBytes` bytes of scratch in the backend's memory, and
 * frees both.
 */
export function withGeometry(
  backend: WasmBackend,
  geometry: Geometry,
  scratchBytes: number,
  run: (geometry: number, scratch: number) => void,
): void {
  const fields = packGeometry(geometry);
  const packed = constant(backend, [fields.length], fields);
  const scratch = backend.makeOutput([Math.ceil(scratchBytes / 4)], 'float32');
  try {
    run(offsetOf(backend, packed), offsetOf(backend, scratch));
  } finally {
    backend.disposeData(packed.dataId);
    backend.disposeData(scratch.dataId);
  }
}
