import {elementCount} from '../shared/layer-size.js';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {inverseOrder, shapeInOrder} from '../model/channel-axis.js';
import type {LayersModel, Tensor} from '../model/tensorflow.js';
import {recordCalls, recordedTensors, type Recording} from './layer-calls.js';
import {readInputs, sliceInputs, type ModelInputs} from './model-inputs.js';
import {projectBack} from './project-back.js';
import {copyMaps, imagesAt, mapsAt, type Projection} from './projection.js';
import {allChannels, type Signal} from './signal.js';
import {findTarget} from './target-layer.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/** Maximum bytes of the forward pass at a time; the backward pass of one channel takes about twice as much again. */
const FORWARD_BYTES = 64 * 2 ** 20;

/** Selects what {@link deconvnet} projects. */
export interface DeconvnetOptions {
  /** Name of the layer whose channels are projected. */
  layer: string;
  /** Channel indices, in the order wanted; default all of the layer. */
  channels?: readonly number[];
}

/**
 * Projects channels of a layer back to the input (Zeiler & Fergus 2014; Shen & Shen 2020, section 5.4): what in each
 * input made the channel respond. The signal is the channel's own feature map, every other channel zero. It goes back
 * by transposed filters, is unpooled to where the maxima were, and rectified at every ReLU-like activation to relu(dy),
 * whatever the forward pass had there. All else passes its gradient (docs/deconvnet.md).
 *
 * The layers run forward once; the event loop turns between channels. No tensor outlives the call. A model must not
 * be trained meanwhile; `modelAt` returns a separate copy. On the wasm backend, call `enableWasmTraining` first.
 *
 * @param tf - The TensorFlow.js that made the model.
 * @param xs - The inputs, [samples, ...input shape]; one tensor for each input of the model. Left as they are.
 * @throws {TypeError} if the model is not one of this TensorFlow.js, or an input not a tensor.
 * @throws {RangeError} if the layer or a channel does not exist, or an input has another shape than the model's.
 * @throws {Error} if a layer on the path has no gradient with respect to its input, or the wasm backend lacks `enableWasmTraining`.
 */
export async function deconvnet(
  tf: DeconvnetTensorFlow,
  model: LayersModel,
  xs: Tensor | readonly Tensor[],
  {layer, channels}: DeconvnetOptions,
): Promise<Projection> {
  assertUsable(tf, model);
  const inputs = readInputs(model, xs);
  const record = recorder(tf, model, inputs, layer);
  const sample = record(0, 1);
  dispose(sample);
  const projection = emptyProjection(sample, inputs, {layer, channels});
  const bytes = recordedTensors(sample).reduce((total, {size}) => total + 4 * size, 0);
  const chunk = Math.max(1, Math.floor(FORWARD_BYTES / bytes));
  for (let start = 0; start < inputs.samples; start += chunk) {
    const recording = record(start, Math.min(chunk, inputs.samples - start));
    try {
      await projectSamples(tf, recording, projection, start);
    } finally {
      dispose(recording);
    }
  }
  return projection;
}

function assertUsable(tf: DeconvnetTensorFlow, model: LayersModel): void {
  if (!(model instanceof tf.LayersModel)) {
    throw new TypeError(
      'deconvnet: model must be a LayersModel of the TensorFlow.js that is passed; see `npm ls @tensorflow/tfjs-layers`.',
    );
  }
  // A kernel registered with the others; the backend's own MaxPoolGrad exists, but is wrong.
  if (tf.getBackend() === 'wasm' && !tf.getKernel('Conv2DBackpropFilter', 'wasm')) {
    throw new Error(
      "deconvnet: the wasm backend lacks gradient kernels; import {enableWasmTraining} from 'cnnslicer/wasm' and await enableWasmTraining(tf) first.",
    );
  }
}

/** Forward passes from the inputs to the layer; the caller disposes them. */
function recorder(
  tf: DeconvnetTensorFlow,
  model: LayersModel,
  inputs: ModelInputs,
  layer: string,
): (start: number, count: number) => Recording {
  const target = findTarget(model, layer);
  return (start, count) => {
    let recording: Recording | undefined;
    tf.tidy(() => {
      recording = recordCalls(tf, model, target, sliceInputs(tf, model, inputs, start, count));
      return recordedTensors(recording);
    });
    return recording as unknown as Recording;
  };
}

function dispose(recording: Recording): void {
  for (const tensor of recordedTensors(recording)) tensor.dispose();
}

/** A projection of zeros. */
function emptyProjection(
  {inputs: values, output, order, inputOrders}: Recording,
  {names, samples}: ModelInputs,
  {layer, channels}: DeconvnetOptions,
): Projection {
  const shape = shapeInOrder(output.tensor.shape.slice(1), order);
  const width = shape.at(-1) as number;
  const wanted = channels ? [...channels] : Array.from({length: width}, (_, channel) => channel);
  const bad = wanted.find(channel => !Number.isInteger(channel) || channel < 0 || channel >= width);
  if (bad !== undefined || wanted.length === 0) {
    throw new RangeError(
      `deconvnet: options.channels: layer "${layer}" has channels 0..${width - 1}, got ${bad ?? 'none'}.`,
    );
  }
  const inputs = values.map(({tensor}, i) => {
    const shape = shapeInOrder(tensor.shape.slice(1), inputOrders[i] ?? null);
    const length = wanted.length * samples * elementCount(shape);
    return {name: names[i] as string, shape, values: new Float32Array(length)};
  });
  const mapShape = shape.slice(0, -1);
  const maps = new Float32Array(wanted.length * samples * elementCount(mapShape));
  return {layer, channels: wanted, samples, inputs, mapShape, maps};
}

/** Projects all channels of the samples of one recording, from sample `start` on. */
async function projectSamples(
  tf: DeconvnetTensorFlow,
  recording: Recording,
  projection: Projection,
  start: number,
): Promise<void> {
  const {order, inputOrders} = recording;
  const {shape, values} = await readChannelsLast(tf, recording.output.tensor, order);
  const count = shape[0] as number;
  copyMaps(projection, values, start, count);
  for (const [position, channel] of projection.channels.entries()) {
    const place = {position, start, count};
    const arrived = tf.tidy(() => {
      const maps = tf.tensor(mapsAt(projection, place), [...shape.slice(0, -1), 1]);
      const alone = {values: maps, channel};
      return projectBack(tf, recording, order ? whole(tf, alone, shape.at(-1) as number, order) : alone);
    });
    try {
      for (const [input, tensor] of arrived.entries()) {
        const {values: images} = await readChannelsLast(tf, tensor, inputOrders[input] ?? null);
        imagesAt(projection, input, place).set(images);
      }
    } finally {
      for (const tensor of arrived) tensor.dispose();
    }
    await nextTurn();
  }
}

async function readChannelsLast(
  tf: DeconvnetTensorFlow,
  tensor: Tensor,
  order: number[] | null,
): Promise<{shape: number[]; values: ArrayLike<number>}> {
  if (!order) return {shape: tensor.shape, values: await tensor.data()};
  const transposed = tf.transpose(tensor, order);
  try {
    return {shape: transposed.shape, values: await transposed.data()};
  } finally {
    transposed.dispose();
  }
}

/** A signal of one channel as the layer lays it out: only where channels are last can one stand for all. */
function whole(tf: DeconvnetTensorFlow, signal: Signal, channels: number, order: number[]): Signal {
  return {values: tf.transpose(allChannels(tf, signal, channels), inverseOrder(order)), channel: null};
}
