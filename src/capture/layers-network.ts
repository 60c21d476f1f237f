import type {GraphNode} from '../shared/recording/tensorboard-parts.js';
import type {RunInfo} from '../shared/index.js';
import {ActivationPass, type ActivationSource} from './activation-pass.js';
import {describeArchitecture} from './architecture.js';
import {warnOfBackend} from './backend-warnings.js';
import {channelAxes, channelsLast, inputOrders} from '../model/channel-axis.js';
import {assertFits} from './fitting-inputs.js';
import {fixedBatch, ofCount} from './fixed-batch.js';
import {modelParameters, type ModelParameters} from './hyperparameters.js';
import type {LabelledSet} from './labelled-set.js';
import type {LayerOutput} from '../model/layer-outputs.js';
import {selectLayers} from './layer-selection.js';
import {graphCalls} from '../model/model-graph.js';
import type {Network, NetworkWeights} from './network.js';
import type {ResolvedOptions} from './options.js';
import type {NetworkOutput} from './output-units.js';
import {modelOutputs} from './output-units.js';
import {readWeights, weightBytes} from './read-weights.js';
import {withStatesAside} from './recurrent-states.js';
import {sameNetwork} from './same-network.js';
import {TappedModel} from './tapped-model.js';
import {tensorBoardGraph} from './tensorboard-graph.js';
import type {LayersModel, TensorFlow} from '../model/tensorflow.js';
import {watchTrainingValues} from './training-values.js';

/** Two installed copies of tfjs share no classes, so neither can use the other's models. */
export const OTHER_COPY =
  'the model comes from another copy of TensorFlow.js than the one given to cnnSlicer(tf, …); pass the same, and see `npm ls @tensorflow/tfjs-layers`.';

const NO_LAYERS =
  'the model must be a tf.LayersModel, as tf.sequential, tf.model and tf.loadLayersModel give; of another network give capture its tensors: capture(epoch, logs, xs => ({conv1: …})).';

/** A model of the user's. Its layers and weights are shared, so it always shows the weights of the moment. */
export class LayersNetwork implements Network {
  readonly #tf: TensorFlow;
  readonly #selected: LayerOutput[];
  readonly preferred = 'first';

  /**
   * Reports the backend's faults for the model, once.
   *
   * @throws {Error} if it is no LayersModel of `tf`.
   * @throws {RangeError} if `layers` selects what is not there.
   */
  constructor(
    tf: TensorFlow,
    readonly model: LayersModel,
    {layers, nestedModels}: Pick<ResolvedOptions, 'layers' | 'nestedModels'>,
  ) {
    if (!(model instanceof tf.LayersModel)) {
      throw new Error('layers' in (model as object) ? OTHER_COPY : NO_LAYERS);
    }
    warnOfBackend(tf, model);
    this.#tf = tf;
    this.#selected = selectLayers(model, layers, nestedModels);
  }

  get outputs(): NetworkOutput[] {
    return modelOutputs(this.model);
  }

  get weights(): NetworkWeights {
    return {bytes: weightBytes(this.model), read: () => readWeights(this.model)};
  }

  /** The model stays with the user. */
  hold(): void {
    // nothing to keep
  }

  release(): void {
    // nothing was kept
  }

  activations(batchSize: number, without: readonly string[] = []): ActivationPass {
    const captured = this.#selected.filter(({name}) => !without.includes(name));
    return new ActivationPass(
      this.#tf,
      layersSource(this.#tf, this.model, captured),
      fixedBatch(this.model) ?? batchSize,
    );
  }

  describe(captured: ReadonlySet<string>): Pick<RunInfo, 'inputs' | 'architecture' | 'topology'> {
    return {
      inputs: this.model.inputs.length,
      architecture: describeArchitecture(this.model, captured),
      topology: topologyOf(this.model),
    };
  }

  parameters(): ModelParameters {
    return modelParameters(this.model);
  }

  graph(): GraphNode[] {
    return tensorBoardGraph(this.#tf, this.model);
  }

  watchTraining(probe: LabelledSet, tell: (line: string) => void): () => void {
    return watchTrainingValues(this.model, probe, tell);
  }

  isSame({model}: Network): boolean {
    return model !== null && sameNetwork(this.model, model);
  }
}

/** The model with the captured layers as further outputs. */
function layersSource(
  tf: TensorFlow,
  model: LayersModel,
  captured: readonly LayerOutput[],
): ActivationSource {
  const orders = captured.map(({output, within}) => {
    const axisOf = channelAxes(graphCalls((within.at(-1)?.layer ?? model) as LayersModel));
    return channelsLast(output.shape.length, axisOf(output));
  });
  const ordersOfInputs = inputOrders(model);
  const inputs = model.inputs.map((input, i) => ({
    name: model.inputNames[i] ?? `input_${i}`,
    shape: input.shape.slice(1),
    order: ordersOfInputs[i] ?? null,
  }));
  const tapped = new TappedModel(tf, model, captured);
  const wanted = fixedBatch(model);
  return {
    inputs,
    layers: captured.map(({name, layer}) => ({name, className: layer.getClassName()})),
    assertFits: set => assertFits(set, inputs),
    forward({xs, count}) {
      const fed = xs().map(samples => ofCount(tf, samples, wanted ?? count));
      const {outputs, taps} = withStatesAside(tf, model, () => tapped.run(fed));
      const maps = taps.map((tensor, i) => {
        const order = orders[i];
        return ofCount(tf, order ? tf.transpose(tensor, order) : tensor, count);
      });
      return {outputs: outputs.map(output => ofCount(tf, output, count)), maps};
    },
  };
}

/** tfjs warns of tensors that a layer was called with, such as an LSTM's state; it is no matter of the user's here. */
function topologyOf(model: LayersModel): unknown {
  const {warn} = console;
  console.warn = (...words: unknown[]) => {
    if (!/non-serializable keyword arguments/.test(String(words[0]))) warn(...words);
  };
  try {
    return model.toJSON(undefined, false);
  } finally {
    console.warn = warn;
  }
}
