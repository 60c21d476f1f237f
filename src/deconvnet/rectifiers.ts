import type {GradConfig, Tensor} from '@tensorflow/tfjs';
import type {Layer} from '../model/tensorflow.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/** Activations that count as rectifiers: ReLU, its leaky and exponential kin, and its smooth forms. */
const activations = new Set([
  'relu',
  'relu6',
  'elu',
  'selu',
  'softplus',
  'gelu',
  'gelu_new',
  'swish',
  'mish',
]);

/** Layers that are nothing but a rectifier. */
const layers = new Set(['ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU']);

/** Operations that are nothing but a rectifier, for the layers whose inside is only known to tfjs. */
const kernels = ['Relu', 'Relu6', 'LeakyRelu', 'Prelu', 'Elu', 'Selu'];

/** The activation at the end of a layer. */
export interface Activation {
  apply(x: Tensor): Tensor;
  getClassName(): string;
}

/** The activation of a layer; null where it has none, or a linear one. */
export function activationOf(layer: Layer): Activation | null {
  const {activation} = layer as {activation?: Activation};
  return activation && activation.getClassName() !== 'linear' ? activation : null;
}

export function isRectifier(activation: Activation): boolean {
  return activations.has(activation.getClassName());
}

/** Checks whether a layer only rectifies. */
export function isRectifierLayer(layer: Layer): boolean {
  const className = layer.getClassName();
  if (className !== 'Activation') return layers.has(className);
  const activation = activationOf(layer);
  return activation !== null && isRectifier(activation);
}

/**
 * The vector-Jacobian product of any function, except that the gradient of each rectifying operation is relu(dy).
 * tfjs' registry of gradients is changed for the length of this call, which is synchronous, and put back.
 *
 * @throws {Error} what tfjs throws where it has no gradient.
 */
export function rectifiedGradients(
  tf: DeconvnetTensorFlow,
  f: (...xs: Tensor[]) => Tensor,
  xs: Tensor[],
  dy: Tensor,
): Tensor[] {
  // Not every build of tfjs has a gradient of each.
  const originals = kernels.map((kernelName): {kernelName: string; own?: GradConfig} => ({
    kernelName,
    own: tf.getGradient(kernelName),
  }));
  for (const {kernelName} of originals) {
    tf.registerGradient({kernelName, gradFunc: dy => ({x: () => tf.relu(dy as Tensor)})});
  }
  try {
    return tf.grads(f)(xs, dy);
  } finally {
    for (const {kernelName, own} of originals) {
      if (own) tf.registerGradient(own);
      else tf.unregisterGradient(kernelName);
    }
  }
}
