import {isTensor} from '../model/is-tensor.js';
import {show} from './show.js';
import type {Tensor} from '../model/tensorflow.js';

/**
 * Tensors that a custom network computes for some samples, by name: the first axis of each tensor is the samples, the last one
 * the channels; [N, units] or [N, height, width, channels], for instance. [N] is one unit.
 */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/**
 * Runs samples through a custom network. It receives a tensor for each entry of `probe.xs`, some samples at a time, and
 * runs within `tf.tidy`: what it makes and does not return is disposed, what it returns is read and then disposed, and
 * what was there before stays.
 */
export type NetworkFunction = {
  /** Returns the tensors to capture. A method, so that it may ask for a narrower tensor: `(xs: tf.Tensor4D) => …`. */
  call(...xs: Tensor[]): NamedTensors;
}['call'];

/** Source of the tensors, for messages. */
type Giver = 'capture' | 'function';

/**
 * @param samples - How many the first axis of each must have.
 * @throws {TypeError | RangeError} naming the first that does not fit, and what to do.
 */
export function assertNamedTensors(
  value: unknown,
  giver: Giver,
  samples: number,
): asserts value is NamedTensors {
  const what = giver === 'capture' ? 'the third argument of capture' : 'what the function returns';
  const form = 'must be tensors by name, {conv1: …, logits: …}';
  if (value instanceof Promise) {
    value.catch(() => undefined); // it is not going to be awaited
    throw new TypeError(
      `${what} is a promise; await the tensors before, and pass them: capture(epoch, logs, await …).`,
    );
  }
  if (Array.isArray(value)) {
    throw new TypeError(`${what} ${form}, got a list; give each a name: {conv1: list[0], …}.`);
  }
  if (isTensor(value)) throw new TypeError(`${what} ${form}, got a tensor; give it a name: {logits: …}.`);
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${what} ${form}, got ${show(value)}.`);
  const entries = Object.entries(value);
  if (entries.length === 0) throw new RangeError(`${what} ${form}, got none.`);
  for (const [name, tensor] of entries) {
    assertName(name);
    assertTensor(name, tensor, giver, samples);
  }
}

function assertName(name: string): void {
  if (name === '')
    throw new RangeError('a tensor has an empty name; names are those of layers, such as conv1.');
  // JavaScript lists such names first, whatever was written first; and they would be positions on the L axis.
  if (/^\d+$/.test(name)) {
    throw new RangeError(
      `a tensor is called "${name}"; a name must not be a whole number: use layer${name}.`,
    );
  }
}

function assertTensor(name: string, tensor: unknown, giver: Giver, samples: number): void {
  if (!isTensor(tensor)) throw new TypeError(`"${name}" must be a tensor, got ${show(tensor)}.`);
  if (tensor.isDisposed)
    throw new RangeError(`"${name}" was disposed; keep it until capture has finished, and dispose it then.`);
  if (tensor.dtype === 'string' || tensor.dtype === 'complex64')
    throw new TypeError(`"${name}" is a tensor of ${tensor.dtype}; pass one of numbers.`);
  const {shape} = tensor;
  if (shape[0] !== samples) {
    const received =
      shape.length === 0 ? 'is one number' : `has ${shape[0]} samples, of shape [${shape.join(', ')}]`;
    throw new RangeError(
      giver === 'capture'
        ? `"${name}" ${received}, but options.probe holds ${samples}; compute it for all of probe.xs, in that order.`
        : `"${name}" ${received}, but the function was given ${samples}; the first axis must be the samples.`,
    );
  }
  if (tensor.size === 0)
    throw new RangeError(`"${name}" has the shape [${shape.join(', ')}], without a value.`);
}
