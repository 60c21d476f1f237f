import type * as tf from '@tensorflow/tfjs';
import {averagePool3dGrad, averagePoolGrad} from './average-pool-grad.js';
import {conv2dBackpropFilter} from './conv2d-backprop-filter.js';
import {conv2dBackpropInput} from './conv2d-backprop-input.js';
import {conv3dBackpropFilter} from './conv3d-backprop-filter.js';
import {conv3dBackpropInput} from './conv3d-backprop-input.js';
import {conv2d, depthwiseConv2d, fusedConv2d, fusedDepthwiseConv2d} from './convolution.js';
import {depthwiseBackpropFilter} from './depthwise-backprop-filter.js';
import {depthwiseBackpropInput} from './depthwise-backprop-input.js';
import {fusedBatchNorm} from './fused-batch-norm.js';
import {fusedMatMul} from './fused-mat-mul.js';
import {leadingSum} from './leading-sum.js';
import {batchMatMul} from './mat-mul.js';
import {maxPool3d, maxPool3dGrad} from './max-pool3d.js';
import {maxPoolGrad} from './max-pool-grad.js';
import {nativeKernels} from './native-kernels.js';
import {loadTrainModule} from './train-module.js';
import type {KernelContext, TrainingKernel} from './training-kernel.js';
import {unsortedSegmentSum} from './unsorted-segment-sum.js';
import {activeWasmBackend, type WasmBackend, type WasmTensorFlow} from './wasm-backend.js';

const trainingKernels: readonly TrainingKernel[] = [
  averagePool3dGrad,
  averagePoolGrad,
  batchMatMul,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv3dBackpropFilter,
  conv3dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  fusedBatchNorm,
  fusedConv2d,
  fusedDepthwiseConv2d,
  fusedMatMul,
  leadingSum,
  maxPool3d,
  maxPool3dGrad,
  maxPoolGrad,
  unsortedSegmentSum,
];

/** A registered kernel and what computes it. */
export interface ServedKernel {
  /** Its tfjs name, e.g. `Conv2DBackpropFilter`. */
  name: string;
  /**
   * `webassembly`: compiled, in the backend's own memory, nothing copied. `loops`: JavaScript on views of that memory.
   * `composition`: other kernels of the backend. `native`: the backend's own, as it was.
   */
  servedBy: 'webassembly' | 'loops' | 'composition' | 'native';
}

/** Result of `enableWasmTraining`. */
export interface WasmTraining {
  /** True if the backend's memory is accessible, so that the compiled kernels are used. */
  webAssembly: boolean;
  kernels: readonly ServedKernel[];
}

/** By engine rather than by namespace object: every import of one tfjs shares one engine and one kernel registry. */
const enabled = new WeakMap<object, Promise<WasmTraining>>();

/**
 * Makes training work, and be right, on `@tensorflow/tfjs-backend-wasm` 4.22, which lacks several gradient kernels and
 * computes others wrongly (docs/decisions/wasm-training.md). Call it once, any time before training; a second call
 * changes nothing and resolves to the same description. A `setBackend('wasm')` under way is waited for.
 *
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import '@tensorflow/tfjs-backend-wasm';
 * import {enableWasmTraining} from 'cnnslicer/wasm';
 *
 * await tf.setBackend('wasm');
 * await enableWasmTraining(tf);
 * ```
 *
 * Node finds the backend's .wasm files by itself: `setWasmPaths` is only needed where they were moved or bundled.
 *
 * Still not supported, as on every tfjs backend: gradients of dilated convolutions, which tfjs itself refuses, of
 * `conv3dTranspose`, and of batch normalization over another axis than the last. On this backend alone: NCHW
 * convolutions as operations (layers turn their channels themselves), complex numbers (`fft`), and `einsum`.
 *
 * @param tfjs - The user's own TensorFlow.js namespace.
 * @throws {TypeError} if another value was received.
 * @throws {Error} if the active backend is not `wasm`, or is of a version that lacks what the kernels use.
 */
export async function enableWasmTraining(tfjs: WasmTensorFlow): Promise<WasmTraining> {
  const backend = await activeWasmBackend(tfjs);
  const engine = tfjs.engine();
  const existing = enabled.get(engine);
  if (existing !== undefined) return existing;
  const registration = register(tfjs, backend);
  enabled.set(engine, registration);
  // A failed call leaves nothing behind, so that the next one may succeed.
  registration.catch(() => enabled.delete(engine));
  return registration;
}

async function register(tfjs: WasmTensorFlow, backend: WasmBackend): Promise<WasmTraining> {
  const context: KernelContext = {
    tf: tfjs,
    native: nativeKernels(tfjs),
    compiled: await loadTrainModule(),
  };
  const webAssembly = context.compiled(backend) !== null;
  for (const kernel of trainingKernels) replaceKernel(tfjs, kernel.name, kernel.create(context));
  const kernels = trainingKernels.map(({name, plain, compiled}) => ({
    name,
    servedBy: compiled && webAssembly ? ('webassembly' as const) : plain,
  }));
  return {webAssembly, kernels};
}

/**
 * Replaces the backend's own kernel, whose set-up stays: tfjs runs it at every `setBackend`, and our
 * kernels go on calling what it sets up.
 */
function replaceKernel(tfjs: WasmTensorFlow, kernelName: string, kernelFunc: tf.KernelFunc): void {
  const own = tfjs.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined;
  if (own !== undefined) tfjs.unregisterKernel(kernelName, 'wasm');
  tfjs.registerKernel({...own, kernelName, backendName: 'wasm', kernelFunc});
}
