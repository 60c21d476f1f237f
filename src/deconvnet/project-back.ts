import type {Tensor} from '../model/tensorflow.js';
import {backThroughLayer} from './back-through-layer.js';
import type {Recording, Value} from './layer-calls.js';
import {allChannels, type Signal} from './signal.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/**
 * Propagates a signal at the output of a recording back to the model's inputs, layer by layer. Synchronous; to be called
 * within `tf.tidy`.
 *
 * @returns For each input of the model what arrived there, of the input's shape.
 */
export function projectBack(
  tf: DeconvnetTensorFlow,
  {inputs, calls, output}: Recording,
  signal: Signal,
): Tensor[] {
  const signals = new Map<Value, Signal>([[output, signal]]);
  for (const call of calls.toReversed()) {
    const received = call.outputs.map(value => signals.get(value) ?? null);
    if (received.every(one => one === null)) continue;
    const back = backThroughLayer(tf, call, received);
    call.inputs.forEach((value, i) => {
      signals.set(value, sum(tf, value, signals.get(value), back[i] as Signal));
    });
  }
  return inputs.map(value => {
    const arrived = signals.get(value);
    return arrived ? whole(tf, value, arrived) : tf.zerosLike(value.tensor);
  });
}

/** Adds up the signals of a value that is used several times. */
function sum(tf: DeconvnetTensorFlow, value: Value, before: Signal | undefined, received: Signal): Signal {
  if (!before) return received;
  return {values: tf.add(whole(tf, value, before), whole(tf, value, received)), channel: null};
}

function whole(tf: DeconvnetTensorFlow, {tensor}: Value, signal: Signal): Tensor {
  return allChannels(tf, signal, tensor.shape.at(-1) as number);
}
