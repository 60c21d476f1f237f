import type * as tf from '@tensorflow/tfjs';

/** The part of TensorFlow.js that `enableWasmTraining` uses, so that a namespace from `import` or from `require` is accepted. */
export type WasmTensorFlow = Pick<
  typeof tf,
  | 'backend'
  | 'backend_util'
  | 'engine'
  | 'findBackendFactory'
  | 'getBackend'
  | 'getKernel'
  | 'ready'
  | 'registerKernel'
  | 'unregisterKernel'
  | 'util'
  | 'version_core'
>;

/**
 * The part of tfjs' `BackendWasm` (4.22) that the training kernels use. None of it is public API, which is why there are checks in
 * `activeWasmBackend`, and `wasm.asm.memory` may be missing altogether.
 */
export interface WasmBackend {
  /** Allocates a tensor in WebAssembly memory, uninitialised. May grow the memory. */
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** A view of a tensor where it lies; dead as soon as the memory grows, so taken after the last `makeOutput`. */
  typedArrayFromHeap(info: tf.TensorInfo): tf.backend_util.TypedArray;
  /** Byte offset of a tensor in WebAssembly memory. */
  getMemoryOffset(dataId: tf.TensorInfo['dataId']): number;
  /** Releases one reference; the last one frees the memory. */
  disposeData(dataId: tf.TensorInfo['dataId']): boolean;
  /** The Emscripten module; its memory is not exported by every build, and shared in the threaded one. */
  readonly wasm: {readonly asm?: {readonly memory?: WebAssembly.Memory}};
}

const usedMethods = ['makeOutput', 'typedArrayFromHeap', 'getMemoryOffset', 'disposeData'] as const;

/**
 * Waits for a `setBackend` under way and returns the backend that is then active.
 *
 * @throws {TypeError} if `tfjs` is not the tfjs namespace.
 * @throws {Error} if the active backend is not `wasm`, or lacks a method that the kernels use.
 */
export async function activeWasmBackend(tfjs: WasmTensorFlow): Promise<WasmBackend> {
  if (typeof tfjs?.ready !== 'function' || typeof tfjs.registerKernel !== 'function') {
    throw new TypeError(
      `enableWasmTraining: tf must be TensorFlow.js itself (import * as tf from '@tensorflow/tfjs'), got ${typeof tfjs}.`,
    );
  }
  await tfjs.ready();
  const name = tfjs.getBackend();
  if (name !== 'wasm') {
    const imported = tfjs.findBackendFactory('wasm') ? '' : "import '@tensorflow/tfjs-backend-wasm' and ";
    throw new Error(
      `enableWasmTraining: the active backend must be 'wasm', got '${name}'; ${imported}await tf.setBackend('wasm') first.`,
    );
  }
  const backend = tfjs.backend() as unknown as WasmBackend;
  const missing = usedMethods.filter(method => typeof backend[method] !== 'function');
  if (missing.length > 0) throw unsupportedVersion(tfjs, `the method ${missing.join(', ')}`);
  return backend;
}

/** A new tensor of these values, which the caller disposes. */
export function constant(
  backend: WasmBackend,
  shape: number[],
  values: Float32Array | Int32Array,
): tf.TensorInfo {
  const info = backend.makeOutput(shape, values instanceof Int32Array ? 'int32' : 'float32');
  backend.typedArrayFromHeap(info).set(values);
  return info;
}

/** The error for a backend that is not as 4.22 has it. */
export function unsupportedVersion(tfjs: WasmTensorFlow, missing: string): Error {
  return new Error(
    `enableWasmTraining: the wasm backend lacks ${missing} (tfjs ${tfjs.version_core}); ` +
      'install @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.',
  );
}
