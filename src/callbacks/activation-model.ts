import {outputInGraph} from './output-in-graph.js';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {LayerInfo} from '../shared/index.js';
import type {LabelledSet} from './labelled-set.js';
import type {Layer, LayersModel, SymbolicTensor, Tensor, TensorFlow} from './tensorflow.js';

/** The activations of one layer for the whole probe. */
export interface LayerActivations {
  layer: LayerInfo;
  /** [samples, pixels, channels], row-major. */
  maps: Float32Array;
}

/** What one pass of a labelled set through the model gave. */
export interface Pass {
  activations: LayerActivations[];
  /** The model's outputs, [samples, width] each, in the order of `model.outputs`. */
  outputs: Float32Array[];
}

/**
 * The user's model with the captured layers as further outputs. It shares every layer and weight, so it is built once
 * and always shows the weights of the moment.
 */
export class ActivationModel {
  readonly #tf: TensorFlow;
  readonly #model: LayersModel;
  readonly #batchSize: number;
  readonly #outputs: number;
  /** Where the model puts each captured layer; one that is also an output of the user's model is not computed twice. */
  readonly #taps: number[];
  readonly #inputs: {name: string; shape: (number | null)[]; dtype: 'float32' | 'int32'}[];
  /** The captured layers with the index each has on the L axis; filled by `probeShapes`. */
  layers: LayerInfo[] = [];

  constructor(
    tf: TensorFlow,
    model: LayersModel,
    readonly captured: Layer[],
    batchSize: number,
  ) {
    this.#tf = tf;
    this.#batchSize = batchSize;
    this.#outputs = model.outputs.length;
    this.#inputs = model.inputs.map((input, i) => ({
      name: model.inputNames[i] ?? `input_${i}`,
      shape: input.shape.slice(1),
      dtype: input.dtype === 'int32' ? 'int32' : 'float32',
    }));
    const tapped = captured.map(layer => outputOf(layer, model));
    const outputs = [...new Set([...model.outputs, ...tapped])];
    this.#taps = tapped.map(output => outputs.indexOf(output));
    this.#model = tf.model({inputs: model.inputs, outputs});
  }

  /**
   * Sends one sample through to learn the real extents of every map, also where the model leaves them open.
   *
   * @returns The L axis: the model's inputs, then the captured layers.
   * @throws {RangeError} if the set does not fit the model's inputs.
   */
  probeShapes(set: LabelledSet): LayerInfo[] {
    this.#assertInputs(set);
    const inputs = this.#inputs.map(({name}, i) =>
      layerInfo(i, name, 'InputLayer', this.#inputShape(set, i)),
    );
    const shapes = this.#tf.tidy(() => this.#forward(set, 0, 1).map(tensor => tensor.shape.slice(1)));
    const layers = this.captured.map((layer, i) =>
      layerInfo(
        inputs.length + i,
        layer.name,
        layer.getClassName(),
        shapes[this.#taps[i] as number] as number[],
      ),
    );
    this.layers = layers;
    return [...inputs, ...layers];
  }

  /** One pass of the whole set, batch by batch; the event loop turns between batches. No tensor outlives the call. */
  async pass(set: LabelledSet, options: {activations: boolean}): Promise<Pass> {
    const captured = options.activations ? this.layers : [];
    const activations = captured.map(layer => ({
      layer,
      maps: new Float32Array(set.samples * valuesPerSample(layer)),
    }));
    const outputs: Float32Array[] = [];
    for (let start = 0; start < set.samples; start += this.#batchSize) {
      const count = Math.min(this.#batchSize, set.samples - start);
      const tensors = this.#tf.tidy(() => this.#forward(set, start, count));
      try {
        const copyTo = async (target: Float32Array, tensor: Tensor) =>
          target.set(await tensor.data(), start * (tensor.size / count));
        for (const [i, tensor] of tensors.slice(0, this.#outputs).entries()) {
          await copyTo((outputs[i] ??= new Float32Array((tensor.size / count) * set.samples)), tensor);
        }
        for (const [i, {maps}] of activations.entries())
          await copyTo(maps, tensors[this.#taps[i] as number] as Tensor);
      } finally {
        for (const tensor of tensors) tensor.dispose();
      }
      await nextTurn();
    }
    return {activations, outputs};
  }

  /** Shape of one sample of input `i`: the tensor's, or the model's where the set came as a typed array. */
  #inputShape(set: LabelledSet, i: number): number[] {
    return set.inputs[i]?.shape ?? (this.#inputs[i]?.shape as number[]);
  }

  #forward(set: LabelledSet, start: number, count: number): Tensor[] {
    const xs = set.inputs.map(({values, size}, i) =>
      this.#tf.tensor(
        values.subarray(start * size, (start + count) * size),
        [count, ...this.#inputShape(set, i)],
        values instanceof Int32Array ? 'int32' : 'float32',
      ),
    );
    const results = this.#model.apply(xs.length === 1 ? (xs[0] as Tensor) : xs, {training: false});
    return (Array.isArray(results) ? results : [results]) as Tensor[];
  }

  #assertInputs(set: LabelledSet): void {
    if (set.inputs.length !== this.#inputs.length) {
      throw new RangeError(
        `xs: the model has ${this.#inputs.length} inputs (${this.#inputs.map(({name}) => name).join(', ')}), got ${set.inputs.length}.`,
      );
    }
    this.#inputs.forEach(({name, shape}, i) => {
      const {shape: came, size} = set.inputs[i] as LabelledSet['inputs'][number];
      const fits = came
        ? came.length === shape.length &&
          shape.every((extent, axis) => extent === null || extent === came[axis])
        : shape.every(extent => extent !== null) &&
          shape.reduce<number>((product, extent) => product * (extent ?? 0), 1) === size;
      if (!fits) {
        const got = came ? `[N, ${came.join(', ')}]` : `${size} values a sample`;
        throw new RangeError(
          `xs: input "${name}" of the model has shape [N, ${shape.map(extent => extent ?? '?').join(', ')}], got ${got}.`,
        );
      }
    });
  }
}

/** @throws {RangeError} if the layer was never called. */
function outputOf(layer: Layer, model: LayersModel): SymbolicTensor {
  if (layer.inboundNodes.length === 0)
    throw new RangeError(`layer "${layer.name}" of model "${model.name}" has no output.`);
  return outputInGraph(model, layer);
}

function layerInfo(index: number, name: string, className: string, shape: number[]): LayerInfo {
  return {index, name, className, spatial: shape.slice(0, -1), channels: shape.at(-1) ?? 1};
}

function valuesPerSample({spatial, channels}: LayerInfo): number {
  return spatial.reduce((product, extent) => product * extent, channels);
}
