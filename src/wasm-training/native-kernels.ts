import type * as tf from '@tensorflow/tfjs';
import {unsupportedVersion, type WasmBackend, type WasmTensorFlow} from './wasm-backend.js';

/** Kernels of the backend that ours are composed of. */
const names = [
  '_FusedMatMul',
  'Add',
  'AvgPool3DGrad',
  'AvgPoolGrad',
  'BatchMatMul',
  'Conv2D',
  'DepthwiseConv2dNative',
  'Elu',
  'Fill',
  'FusedBatchNorm',
  'FusedConv2D',
  'FusedDepthwiseConv2D',
  'LeakyRelu',
  'Mean',
  'Multiply',
  'PadV2',
  'Prelu',
  'Relu',
  'Relu6',
  'Reshape',
  'Reverse',
  'Rsqrt',
  'Selu',
  'Sigmoid',
  'Slice',
  'Softplus',
  'Sub',
  'Sum',
  'Tanh',
  'Transpose',
] as const;

/** Kernels added after tfjs 3.21. If one is missing, only what needs it cannot be computed. */
const later: readonly NativeKernelName[] = ['AvgPool3DGrad', 'AvgPoolGrad', 'Selu', 'Softplus'];

export type NativeKernelName = (typeof names)[number];

/** Runs one kernel of the backend. The result is one new reference, owned by the caller. */
export type RunKernel = (
  name: NativeKernelName,
  inputs: Record<string, tf.TensorInfo | null | undefined>,
  attrs?: object,
) => tf.TensorInfo;

export interface NativeKernels {
  /** Runs a single kernel. */
  run(backend: WasmBackend, ...call: Parameters<RunKernel>): tf.TensorInfo;
  /** Runs several; what they made is disposed at the end, except the tensor that `steps` returns. */
  compose(backend: WasmBackend, steps: (run: RunKernel) => tf.TensorInfo): tf.TensorInfo;
}

/**
 * Looks up the backend's own kernels, before any of them is replaced.
 *
 * @throws {Error} if this version of the backend lacks one.
 */
export function nativeKernels(tfjs: WasmTensorFlow): NativeKernels {
  const kernels = new Map<NativeKernelName, tf.KernelFunc>();
  for (const name of names) {
    const config = tfjs.getKernel(name, 'wasm') as tf.KernelConfig | undefined;
    const missing = unsupportedVersion(tfjs, `the kernel ${name}`);
    if (config === undefined && !later.includes(name)) throw missing;
    kernels.set(name, config?.kernelFunc ?? refuse(missing));
  }
  const run = (backend: WasmBackend, name: NativeKernelName, inputs: object, attrs: object = {}) => {
    const kernel = kernels.get(name) as tf.KernelFunc;
    const args = {inputs, attrs, backend} as unknown as Parameters<tf.KernelFunc>[0];
    return kernel(args) as tf.TensorInfo;
  };
  return {
    run,
    compose(backend, steps) {
      const made: tf.TensorInfo[] = [];
      let result: tf.TensorInfo | null = null;
      try {
        result = steps((name, inputs, attrs) => {
          const output = run(backend, name, inputs, attrs);
          made.push(output);
          return output;
        });
        return result;
      } finally {
        for (const info of made) if (info !== result) backend.disposeData(info.dataId);
      }
    },
  };
}

function refuse(error: Error): tf.KernelFunc {
  return () => {
    throw error;
  };
}
