import {shared, sharedArray} from '../shared/shared-array.js';
import type {LayerInfo} from '../shared/index.js';
import {shapeInOrder} from '../model/channel-axis.js';
import {inputTensors} from './input-tensors.js';
import type {InputValues, LabelledSet} from './labelled-set.js';
import type {ModelInput} from './fitting-inputs.js';
import type {Tensor, TensorFlow} from '../model/tensorflow.js';

/** The activations of some samples. */
export interface Batch {
  /** Shape for the first sample. */
  start: number;
  /** Values of each captured layer, [count, pixels, channels], row-major; new arrays. */
  maps: Float32Array[];
}

/** Samples of a set on their way through a network. */
export interface SourceBatch {
  set: LabelledSet;
  /** Shape for the first sample. */
  start: number;
  count: number;
  /** Makes the tensors of the network's inputs, [count, ...shape] each. */
  xs: () => Tensor[];
}

/** Runs a network on a batch. */
export interface ActivationSource {
  /** Order of axes that puts the channels last; null if they are last. */
  inputs: readonly (ModelInput & {order: number[] | null})[];
  /** The captured layers, in the order of the L axis. */
  layers: readonly Pick<LayerInfo, 'name' | 'className'>[];
  /** @throws {RangeError} if the network cannot take the set. */
  assertFits(set: LabelledSet): void;
  /**
   * Called in a `tidy`, which the results belong to.
   *
   * @returns The outputs, and what each captured layer gives, channels last.
   */
  forward(batch: SourceBatch): {outputs: Tensor[]; maps: Tensor[]};
}

/** Sends samples through a network, batch by batch, and reads what its layers make of them. */
export class ActivationPass {
  readonly #tf: TensorFlow;
  readonly #source: ActivationSource;
  readonly #batchSize: number;
  /** The captured layers with the index each has on the L axis; filled by `probeShapes`. */
  layers: LayerInfo[] = [];

  constructor(tf: TensorFlow, source: ActivationSource, batchSize: number) {
    this.#tf = tf;
    this.#source = source;
    this.#batchSize = batchSize;
  }

  /**
   * Sends one sample through to learn the real extents of every map, also where the network leaves them open.
   *
   * @returns The L axis: the inputs, then the captured layers.
   * @throws {RangeError} if the network cannot take the set.
   */
  probeShapes(set: LabelledSet): LayerInfo[] {
    this.#source.assertFits(set);
    const inputs = this.#source.inputs.map(({name, order}, i) =>
      layerInfo(i, name, 'InputLayer', shapeInOrder(this.#inputShape(set, i), order)),
    );
    const shapes = this.#tf.tidy(() => this.#forward(set, 0, 1).maps.map(({shape}) => shape.slice(1)));
    this.layers = this.#source.layers.map(({name, className}, i) =>
      layerInfo(inputs.length + i, name, className, shapes[i] as number[]),
    );
    return [...inputs, ...this.layers];
  }

  /**
   * The set's inputs as a run keeps them, channels last: [samples, ...shape] each, in memory that all threads see. They
   * are the set's own values, where those are so.
   */
  async inputMaps(set: LabelledSet): Promise<{name: string; shape: number[]; values: Float32Array}[]> {
    return Promise.all(
      set.inputs.map(async ({values}, i) => {
        const shape = this.#inputShape(set, i);
        const {name, order} = this.#source.inputs[i] as ActivationSource['inputs'][number];
        const maps = order ? await this.#transposed(values, [set.samples, ...shape], order) : values;
        return {name, shape: shapeInOrder(shape, order), values: sharedFloats(maps)};
      }),
    );
  }

  /**
   * One pass of the whole set, batch by batch; the event loop turns between batches. No tensor outlives the call.
   *
   * @param output - Position of the output that is read; null for none.
   * @param take - Gets the captured layers of each batch, and is waited for.
   * @returns The output, [samples, width]; empty for none.
   */
  async pass(
    set: LabelledSet,
    output: number | null,
    take?: (batch: Batch) => Promise<void>,
  ): Promise<Float32Array> {
    let result = new Float32Array(0);
    for (let start = 0; start < set.samples; start += this.#batchSize) {
      const count = Math.min(this.#batchSize, set.samples - start);
      const {outputs, maps} = this.#tf.tidy(() => this.#forward(set, start, count));
      const read: Float32Array[] = [];
      try {
        if (output !== null) {
          const tensor = outputs[output] as Tensor;
          const width = tensor.size / count;
          if (start === 0) result = new Float32Array(width * set.samples);
          result.set(await tensor.data(), start * width);
        }
        if (take) for (const tensor of maps) read.push(await this.#valuesOf(tensor));
      } finally {
        for (const tensor of new Set([...outputs, ...maps])) tensor.dispose();
      }
      await take?.({start, maps: read});
      await nextTurn();
    }
    return result;
  }

  /** The wasm backend copies what it is asked for out of its memory; others may give their own array. */
  async #valuesOf(tensor: Tensor): Promise<Float32Array> {
    const values = await tensor.data();
    const isCopy = this.#tf.getBackend() === 'wasm' && values instanceof Float32Array;
    return isCopy ? values : Float32Array.from(values);
  }

  /** Shape of one sample of input `i`: the tensor's, or the network's if the set was passed as a typed array. */
  #inputShape(set: LabelledSet, i: number): number[] {
    return set.inputs[i]?.shape ?? (this.#source.inputs[i]?.shape as number[]);
  }

  #forward(set: LabelledSet, start: number, count: number): {outputs: Tensor[]; maps: Tensor[]} {
    const shapes = set.inputs.map((_, i) => this.#inputShape(set, i));
    const xs = () => inputTensors(this.#tf, set, {start, count, shapes});
    return this.#source.forward({set, start, count, xs});
  }

  async #transposed(values: InputValues['values'], shape: number[], order: number[]) {
    const tensor = this.#tf.tidy(() => this.#tf.transpose(this.#tf.tensor(values.slice(), shape), order));
    try {
      return await tensor.data();
    } finally {
      tensor.dispose();
    }
  }
}

function sharedFloats(values: ArrayLike<number>): Float32Array {
  if (values instanceof Float32Array) return shared(values);
  const floats = sharedArray(Float32Array, values.length);
  floats.set(values);
  return floats;
}

function layerInfo(index: number, name: string, className: string, shape: number[]): LayerInfo {
  return {index, name, className, spatial: shape.slice(0, -1), channels: shape.at(-1) ?? 1};
}

/** A turn of the event loop for everything else; a timer, where there is nothing quicker, takes a millisecond. */
function nextTurn(): Promise<void> {
  const immediate = (globalThis as Partial<Pick<typeof globalThis, 'setImmediate'>>).setImmediate;
  return new Promise(resolve => void (immediate ? immediate(resolve) : setTimeout(resolve)));
}
