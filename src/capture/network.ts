import type {WeightTensor} from '../shared/recording/run-parts.js';
import type {GraphNode} from '../shared/recording/tensorboard-parts.js';
import type {RunInfo} from '../shared/index.js';
import type {ActivationPass} from './activation-pass.js';
import type {ModelParameters} from './hyperparameters.js';
import type {LabelledSet} from './labelled-set.js';
import type {NetworkOutput} from './output-units.js';
import type {LayersModel} from '../model/tensorflow.js';

/** The captured network: a `tf.LayersModel`, or tensors named by a custom loop. */
export interface Network {
  /** Null for named tensors. */
  readonly model: LayersModel | null;
  /** Those that labels may belong to, and which of them is meant where several fit equally. */
  readonly outputs: readonly NetworkOutput[];
  readonly preferred: 'first' | 'last';
  /** Null where there are none to be kept. */
  readonly weights: NetworkWeights | null;
  /** The epoch at hand is passed over for now, but may turn out to be the last: what a pass needs must not go. */
  hold(): void;
  /** Lets go of what is held. */
  release(): void;
  /** @param without - Names of selected layers that are left out. */
  activations(batchSize: number, without?: readonly string[]): ActivationPass;
  /** @param captured - Names of layers on the L axis. */
  describe(captured: ReadonlySet<string>): Pick<RunInfo, 'inputs' | 'architecture' | 'topology'>;
  parameters(): ModelParameters;
  /** Empty where none is known. */
  graph(): GraphNode[];
  /**
   * Compares what it is trained on with the probe, as far as that can be seen.
   *
   * @returns Ends the comparison.
   */
  watchTraining(probe: LabelledSet, tell: (line: string) => void): () => void;
  /** Checks whether epochs of both may be in one run. */
  isSame(other: Network): boolean;
}

export interface NetworkWeights {
  /** Per epoch. */
  bytes: number;
  read(): Promise<WeightTensor[]>;
}
