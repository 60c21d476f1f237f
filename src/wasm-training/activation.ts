import type * as tf from '@tensorflow/tfjs';
import type {NativeKernelName, RunKernel} from './native-kernels.js';

/** Activations as tfjs names them in its fused operations, and the kernels that compute them separately. */
const kernels = new Map<string, NativeKernelName>([
  ['elu', 'Elu'],
  ['relu', 'Relu'],
  ['relu6', 'Relu6'],
  ['selu', 'Selu'],
  ['sigmoid', 'Sigmoid'],
  ['softplus', 'Softplus'],
  ['tanh', 'Tanh'],
]);

/** The only activations that the fused kernels of the backend know. */
const fused = new Set(['linear', 'relu', 'relu6', 'prelu', 'leakyrelu', 'sigmoid', 'elu']);

export interface Activation {
  activation: string;
  leakyreluAlpha?: number;
  preluActivationWeights?: tf.TensorInfo;
}

/** Checks whether the backend's fused kernels compute an activation themselves. */
export function isFused(activation: string): boolean {
  return fused.has(activation);
}

/**
 * Applies an activation with a separate kernel.
 *
 * @throws {RangeError} if tfjs has no such activation.
 */
export function activate(
  run: RunKernel,
  x: tf.TensorInfo,
  {activation, ...parameters}: Activation,
): tf.TensorInfo {
  if (activation === 'linear') return x;
  if (activation === 'prelu') return run('Prelu', {x, alpha: parameters.preluActivationWeights});
  if (activation === 'leakyrelu') return run('LeakyRelu', {x}, {alpha: parameters.leakyreluAlpha});
  const kernel = kernels.get(activation);
  if (kernel === undefined) {
    const known = [...fused, ...kernels.keys()].filter((name, i, all) => all.indexOf(name) === i);
    throw new RangeError(`wasm backend: activation must be one of ${known.join(', ')}, got '${activation}'.`);
  }
  return run(kernel, {x});
}
