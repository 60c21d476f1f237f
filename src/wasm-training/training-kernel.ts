import type * as tf from '@tensorflow/tfjs';
import type {NativeKernels} from './native-kernels.js';
import type {TrainModule} from './train-module.js';
import type {WasmBackend} from './wasm-backend.js';

/** Definition of a kernel. */
export interface KernelContext {
  /** Shape arithmetic of the user's own tfjs. */
  tf: Pick<typeof tf, 'backend_util' | 'util'>;
  /** The backend's own kernels, as they were before ours took their names. */
  native: NativeKernels;
  /** The compiled kernels in the memory of a backend; null where that memory cannot be reached. */
  compiled: (backend: WasmBackend) => TrainModule | null;
}

/**
 * Inputs and attributes as tfjs hands them to a kernel. Inputs belong to the caller: a kernel reads them and returns
 * a new tensor. Turning them into `Tensor`s under `tf.tidy` would free them.
 */
export interface KernelCall<Inputs, Attrs> {
  inputs: Inputs;
  attrs: Attrs;
  backend: WasmBackend;
}

/** One tfjs kernel that training needs. */
export interface TrainingKernel {
  name: string;
  /** Fallback if the compiled kernels cannot be used, or if it has no compiled form. */
  plain: 'loops' | 'composition' | 'native';
  compiled: boolean;
  create: (context: KernelContext) => tf.KernelFunc;
}

/** Passes a kernel its typed inputs and attributes: the one place where tfjs' untyped kernel signature is cast. */
export function trainingKernel<Inputs, Attrs>(
  kernel: Omit<TrainingKernel, 'create'> & {
    create: (context: KernelContext) => (call: KernelCall<Inputs, Attrs>) => tf.TensorInfo;
  },
): TrainingKernel {
  return {...kernel, create: context => kernel.create(context) as unknown as tf.KernelFunc};
}
