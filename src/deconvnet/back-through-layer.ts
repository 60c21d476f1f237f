import type {Layer, Tensor} from '../model/tensorflow.js';
import {isChannelsFirst} from './channels-first.js';
import {asFilterLayer} from './filter-layer.js';
import {callLayer, type LayerCall} from './layer-calls.js';
import type {LinearMap} from './linear-map.js';
import {linearMapOf} from './linear-map-of.js';
import {activationOf, isRectifier, isRectifierLayer, rectifiedGradients} from './rectifiers.js';
import {backThroughResampling} from './resampling.js';
import {allChannels, oneChannel, type Signal} from './signal.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/** Layers without weights that treat every channel (the last axis) separately. */
const channelwise = /^GlobalAveragePooling|^(ZeroPadding|Cropping)2D$|Dropout|^GaussianNoise$/;

/**
 * Propagates the signals at the outputs of one call back to its inputs.
 *
 * @param signals - One for each output of the call; null where nothing arrived.
 * @returns One signal for each input of the call.
 */
export function backThroughLayer(
  tf: DeconvnetTensorFlow,
  call: LayerCall,
  signals: (Signal | null)[],
): Signal[] {
  const {layer} = call;
  const signal = signals[0] ? asLaidOut(tf, call, signals[0]) : null;
  if (signal && isRectifierLayer(layer)) return [{...signal, values: tf.relu(signal.values)}];
  if (signal && isLastAxisNormalization(layer, call)) return [throughNormalization(tf, layer, signal)];
  const map = linearMapOf(tf, layer);
  if (signal && map) {
    const atMap = backThroughActivation(tf, call, map, signal);
    return [{values: map.transpose(atMap, inputOf(call)), channel: null}];
  }
  const resampled = signal && backThroughResampling(tf, call, signal);
  if (resampled) return [resampled];
  if (signal && signal.channel !== null && isChannelwise(layer)) {
    const input = oneChannel(tf, inputOf(call), signal.channel);
    const [values] = gradients(tf, layer, [input], [signal.values]);
    return [{values: values as Tensor, channel: signal.channel}];
  }
  const inputs = call.inputs.map(({tensor}) => tensor);
  const dys = signals.map(
    (one, i) => one && allChannels(tf, one, call.outputs[i]?.tensor.shape.at(-1) as number),
  );
  return gradients(tf, layer, inputs, dys).map(values => ({values, channel: null}));
}

/** From the output of a layer to its linear map: rectified, or by the activation's own gradient. */
function backThroughActivation(
  tf: DeconvnetTensorFlow,
  {layer, inputs, outputs}: LayerCall,
  map: LinearMap,
  signal: Signal,
): Signal {
  const activation = activationOf(layer);
  if (!activation) return signal;
  if (isRectifier(activation)) return {...signal, values: tf.relu(signal.values)};
  const {bias} = asFilterLayer(layer);
  const mapped = map.apply(inputs[0]?.tensor as Tensor);
  const atMap = bias ? tf.add(mapped, biasOf(tf, layer, bias.read(), mapped.shape.length)) : mapped;
  const dy = allChannels(tf, signal, outputs[0]?.tensor.shape.at(-1) as number);
  return {values: tf.grad(x => activation.apply(x))(atMap, dy), channel: null};
}

/** A signal of one channel has it last; for a layer with channels first, that is all channels. */
function asLaidOut(tf: DeconvnetTensorFlow, {layer, outputs}: LayerCall, signal: Signal): Signal {
  if (!isChannelsFirst(layer)) return signal;
  return {values: allChannels(tf, signal, outputs[0]?.tensor.shape.at(-1) as number), channel: null};
}

function biasOf(tf: DeconvnetTensorFlow, layer: Layer, bias: Tensor, rank: number): Tensor {
  if (!isChannelsFirst(layer)) return bias;
  return tf.reshape(bias, [-1, ...Array.from({length: rank - 2}, () => 1)]);
}

interface Normalization {
  axis: number;
  epsilon: number;
  gamma?: {read(): Tensor} | null;
  movingVariance: {read(): Tensor};
}

function isLastAxisNormalization(layer: Layer, call: LayerCall): boolean {
  if (layer.getClassName() !== 'BatchNormalization') return false;
  const {axis} = layer as unknown as Normalization;
  return axis === -1 || axis === inputOf(call).shape.length - 1;
}

/** Keeps only the factor of x in (x - mean) / sqrt(variance + epsilon) * gamma + beta. */
function throughNormalization(tf: DeconvnetTensorFlow, layer: Layer, {values, channel}: Signal): Signal {
  const {gamma, movingVariance, epsilon} = layer as unknown as Normalization;
  const deviation = tf.sqrt(tf.add(movingVariance.read(), epsilon));
  const scaled = gamma ? tf.div(gamma.read(), deviation) : tf.div(1, deviation);
  const factor = channel === null ? scaled : oneChannel(tf, scaled, channel);
  return {values: tf.mul(values, factor), channel};
}

/** Sum over the outputs of a layer of their rectified gradients. */
function gradients(
  tf: DeconvnetTensorFlow,
  layer: Layer,
  inputs: Tensor[],
  dys: (Tensor | null)[],
): Tensor[] {
  let sums: Tensor[] | null = null;
  for (const [i, dy] of dys.entries()) {
    if (!dy) continue;
    // A layer may return its input as it is, of which tfjs would say that it has no gradient.
    const output = (...xs: Tensor[]) => (callLayer(layer, xs)[i] as Tensor).clone();
    try {
      const dxs = rectifiedGradients(tf, output, inputs, dy);
      sums = sums ? sums.map((sum, k) => tf.add(sum, dxs[k] as Tensor)) : dxs;
    } catch (error) {
      const [first] = String(error instanceof Error ? error.message : error).split('\n');
      const reason = /'float32' dtype, but has 'int32'/.test(first ?? '')
        ? 'it takes integers, which have no gradient.'
        : first;
      throw new Error(
        `deconvnet: layer "${layer.name}" (${layer.getClassName()}) passes nothing back to its input: ${reason}`,
        {cause: error},
      );
    }
  }
  return sums ?? [];
}

function isChannelwise(layer: Layer): boolean {
  return channelwise.test(layer.getClassName());
}

function inputOf({inputs}: LayerCall): Tensor {
  return inputs[0]?.tensor as Tensor;
}
