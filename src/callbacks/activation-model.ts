import {setImmediate as nextTurn} from 'node:timers/promises';
import type {LayerInfo} from '../shared/index.js';
import {channelAxes, channelsLast, inputOrders, shapeInOrder} from './channel-axis.js';
import type {InputValues, LabelledSet} from './labelled-set.js';
import {assertFits, type ModelInput} from './fitting-inputs.js';
import type {LayerOutput} from './layer-outputs.js';
import {graphCalls} from './model-graph.js';
import {TappedModel} from './tapped-model.js';
import type {LayersModel, Tensor, TensorFlow} from './tensorflow.js';

/** The activations of some samples. */
export interface Batch {
  /** Of the first sample. */
  start: number;
  /** Of each captured layer, [count, pixels, channels], row-major; arrays of their own. */
  maps: Float32Array[];
}

/**
 * The user's model with the captured layers as further outputs. It shares every layer and weight, so it is built once
 * and always shows the weights of the moment.
 */
export class ActivationModel {
  readonly #tf: TensorFlow;
  readonly #model: TappedModel;
  readonly #batchSize: number;
  /** For each captured layer, and each input, the order of axes that has the channels last; null where they are. */
  readonly #orders: {layers: (number[] | null)[]; inputs: (number[] | null)[]};
  readonly #inputs: ModelInput[];
  /** The captured layers with the index each has on the L axis; filled by `probeShapes`. */
  layers: LayerInfo[] = [];

  constructor(
    tf: TensorFlow,
    model: LayersModel,
    readonly captured: readonly LayerOutput[],
    batchSize: number,
  ) {
    this.#tf = tf;
    this.#batchSize = batchSize;
    this.#inputs = model.inputs.map((input, i) => ({
      name: model.inputNames[i] ?? `input_${i}`,
      shape: input.shape.slice(1),
    }));
    this.#model = new TappedModel(tf, model, captured);
    const orders = captured.map(({output, within}) => {
      const axisOf = channelAxes(graphCalls((within.at(-1)?.layer ?? model) as LayersModel));
      return channelsLast(output.shape.length, axisOf(output));
    });
    this.#orders = {layers: orders, inputs: inputOrders(model)};
  }

  /**
   * Sends one sample through to learn the real extents of every map, also where the model leaves them open.
   *
   * @returns The L axis: the model's inputs, then the captured layers.
   * @throws {RangeError} if the set does not fit the model's inputs.
   */
  probeShapes(set: LabelledSet): LayerInfo[] {
    assertFits(set, this.#inputs);
    const inputs = this.#inputs.map(({name}, i) =>
      layerInfo(
        i,
        name,
        'InputLayer',
        shapeInOrder(this.#inputShape(set, i), this.#orders.inputs[i] ?? null),
      ),
    );
    const shapes = this.#tf.tidy(() => this.#forward(set, 0, 1).maps.map(({shape}) => shape.slice(1)));
    this.layers = this.captured.map(({name, layer}, i) =>
      layerInfo(inputs.length + i, name, layer.getClassName(), shapes[i] as number[]),
    );
    return [...inputs, ...this.layers];
  }

  /** The set's inputs as a run keeps them, channels last: [samples, ...shape] each. */
  async inputMaps(set: LabelledSet): Promise<{name: string; shape: number[]; values: Float32Array}[]> {
    return Promise.all(
      set.inputs.map(async ({values}, i) => {
        const shape = this.#inputShape(set, i);
        const order = this.#orders.inputs[i] ?? null;
        const maps = order ? await this.#transposed(values, [set.samples, ...shape], order) : values;
        const {name} = this.#inputs[i] as {name: string};
        return {name, shape: shapeInOrder(shape, order), values: Float32Array.from(maps)};
      }),
    );
  }

  /**
   * One pass of the whole set, batch by batch; the event loop turns between batches. No tensor outlives the call.
   *
   * @param take - Gets the captured layers of each batch, and is waited for; without it only outputs are read.
   * @returns The model's outputs, [samples, width] each, in the order of `model.outputs`.
   */
  async pass(set: LabelledSet, take?: (batch: Batch) => Promise<void>): Promise<Float32Array[]> {
    const results: Float32Array[] = [];
    for (let start = 0; start < set.samples; start += this.#batchSize) {
      const count = Math.min(this.#batchSize, set.samples - start);
      const {outputs, maps} = this.#tf.tidy(() => this.#forward(set, start, count));
      const read: Float32Array[] = [];
      try {
        for (const [i, tensor] of outputs.entries()) {
          results[i] ??= new Float32Array((tensor.size / count) * set.samples);
          results[i].set(await tensor.data(), start * (tensor.size / count));
        }
        if (take) for (const tensor of maps) read.push(await this.#valuesOf(tensor));
      } finally {
        for (const tensor of new Set([...outputs, ...maps])) tensor.dispose();
      }
      await take?.({start, maps: read});
      await nextTurn();
    }
    return results;
  }

  /** The wasm backend copies what it is asked for out of its memory; others may give their own array. */
  async #valuesOf(tensor: Tensor): Promise<Float32Array> {
    const values = await tensor.data();
    const isCopy = this.#tf.getBackend() === 'wasm' && values instanceof Float32Array;
    return isCopy ? values : Float32Array.from(values);
  }

  /** Shape of one sample of input `i`: the tensor's, or the model's where the set came as a typed array. */
  #inputShape(set: LabelledSet, i: number): number[] {
    return set.inputs[i]?.shape ?? (this.#inputs[i]?.shape as number[]);
  }

  /** The model's outputs, and the captured layers' with their channels last. */
  #forward(set: LabelledSet, start: number, count: number): {outputs: Tensor[]; maps: Tensor[]} {
    const xs = set.inputs.map(({values, size}, i) =>
      this.#tf.tensor(
        values.subarray(start * size, (start + count) * size),
        [count, ...this.#inputShape(set, i)],
        values instanceof Int32Array ? 'int32' : 'float32',
      ),
    );
    const {outputs, taps} = this.#model.run(xs);
    const maps = taps.map((tensor, i) => {
      const order = this.#orders.layers[i];
      return order ? this.#tf.transpose(tensor, order) : tensor;
    });
    return {outputs, maps};
  }

  async #transposed(values: InputValues['values'], shape: number[], order: number[]) {
    const tensor = this.#tf.tidy(() => this.#tf.transpose(this.#tf.tensor(values, shape), order));
    try {
      return await tensor.data();
    } finally {
      tensor.dispose();
    }
  }
}

function layerInfo(index: number, name: string, className: string, shape: number[]): LayerInfo {
  return {index, name, className, spatial: shape.slice(0, -1), channels: shape.at(-1) ?? 1};
}
