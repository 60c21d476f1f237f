import type {GraphNode} from '../shared/recording/tensorboard-parts.js';
import type {RunInfo} from '../shared/index.js';
import {ActivationPass, type ActivationSource} from './activation-pass.js';
import {GivenTensors, NO_EVALUATION, sampleShape} from './given-tensors.js';
import type {ModelParameters} from './hyperparameters.js';
import {inputTensors} from './input-tensors.js';
import type {LabelledSet} from './labelled-set.js';
import type {NamedTensors, NetworkFunction} from './named-tensors.js';
import type {Network} from './network.js';
import type {ResolvedOptions} from './options.js';
import type {NetworkOutput} from './output-units.js';
import {tensorOutput} from './tensor-outputs.js';
import {selectTensors} from './tensor-selection.js';
import type {Tensor, TensorFlow} from '../model/tensorflow.js';

/** The class of a layer of which nothing is known but its tensor. */
const CLASS_NAME = 'Tensor';

/** Input for opening a network. */
interface Parts {
  given: NamedTensors | NetworkFunction;
  probe: LabelledSet;
  /** The probe itself where there is no larger set. */
  evaluation: LabelledSet;
  options: Pick<ResolvedOptions, 'layers' | 'batchSize'>;
}

/** A network of the user's own, known by tensors that have names. It has no graph and no weights to be kept. */
export class TensorNetwork implements Network {
  readonly model = null;
  readonly preferred = 'last';
  readonly weights = null;

  private constructor(
    private readonly tf: TensorFlow,
    private readonly tensors: GivenTensors,
    private readonly probe: LabelledSet,
    readonly outputs: readonly NetworkOutput[],
    private readonly selected: readonly string[],
  ) {}

  /**
   * Sends the first samples through, to learn names and shapes, and which of them may be an output.
   *
   * @throws {TypeError | RangeError} if the received tensors do not match, or `layers` selects what does not exist.
   */
  static async open(tf: TensorFlow, {given, probe, evaluation, options}: Parts): Promise<TensorNetwork> {
    if (typeof given !== 'function' && evaluation !== probe) throw new RangeError(NO_EVALUATION);
    assertShaped(probe);
    const tensors = new GivenTensors(tf, given, probe);
    const part = {start: 0, count: Math.min(options.batchSize, probe.samples)};
    const shapes = probe.inputs.map(({shape}) => shape ?? []);
    const xs = () => inputTensors(tf, probe, {...part, shapes});
    const first = Object.entries(tf.tidy(() => tensors.of({set: probe, ...part, xs})));
    try {
      tensors.settle(new Map(first.map(([name, tensor]) => [name, sampleShape(tensor)])));
      const outputs = await Promise.all(
        first.map(async ([name, tensor]) => {
          const isRow = tensor.rank === 2 && probe.classes > 0;
          return tensorOutput(name, sampleShape(tensor), isRow ? await tensor.data() : []);
        }),
      );
      const names = first.map(([name]) => name);
      return new TensorNetwork(tf, tensors, probe, outputs, selectTensors(names, options.layers));
    } finally {
      tf.dispose(first.map(([, tensor]) => tensor));
    }
  }

  /**
   * The argument of `capture` for another epoch.
   *
   * @throws {TypeError | RangeError} naming what is not as at first.
   */
  take(given: NamedTensors | NetworkFunction): void {
    this.tensors.take(given);
  }

  hold(): void {
    this.tensors.hold();
  }

  release(): void {
    this.tensors.release();
  }

  activations(batchSize: number, without: readonly string[] = []): ActivationPass {
    const names = this.selected.filter(name => !without.includes(name));
    const source: ActivationSource = {
      inputs: this.#inputs(),
      layers: names.map(name => ({name, className: CLASS_NAME})),
      assertFits: set => assertShaped(set, this.probe),
      forward: batch => {
        const tensors = this.tensors.of(batch);
        return {
          outputs: this.outputs.map(({name}) => tensors[name] as Tensor),
          maps: names.map(name => tensors[name] as Tensor),
        };
      },
    };
    return new ActivationPass(this.tf, source, batchSize);
  }

  describe(): Pick<RunInfo, 'inputs' | 'architecture' | 'topology'> {
    return {inputs: this.probe.inputs.length, architecture: [], topology: null};
  }

  parameters(): ModelParameters {
    return {compared: {}, others: {}};
  }

  graph(): GraphNode[] {
    return [];
  }

  watchTraining(): () => void {
    return () => undefined;
  }

  isSame(other: Network): boolean {
    const names = ({outputs}: Network) => outputs.map(({name}) => name).sort().join('\n'); // prettier-ignore
    return other instanceof TensorNetwork && names(this) === names(other);
  }

  /** Uses unique names, different also from those of the tensors. */
  #inputs(): ActivationSource['inputs'] {
    const {inputs} = this.probe;
    return inputs.map(({shape}, i) => {
      let name = inputs.length === 1 ? 'input' : `input_${i + 1}`;
      while (this.outputs.some(output => output.name === name)) name += '_';
      return {name, shape: shape ?? [], order: null};
    });
  }
}

/** @throws {RangeError} if a set does not tell the shapes of its inputs, or has not as many as the probe. */
function assertShaped({what, inputs}: LabelledSet, probe?: LabelledSet): void {
  const flat = inputs.findIndex(({shape}) => shape === null);
  if (flat >= 0) {
    const place = inputs.length > 1 ? `xs[${flat}]` : 'xs';
    throw new RangeError(
      `options.${what}.${place} is a typed array, and no model tells its shape; pass a tensor of it: tf.tensor(xs, [N, …]).`,
    );
  }
  if (probe && inputs.length !== probe.inputs.length) {
    throw new RangeError(
      `options.${what}.xs has ${inputs.length} inputs, and options.probe.xs ${probe.inputs.length}; the function takes both.`,
    );
  }
}
