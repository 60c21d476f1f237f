import type {Layer, LayersModel, SymbolicTensor} from '../model/tensorflow.js';

/**
 * Determines what the units of an output stand for, from its activation and its loss, or from the values of a named tensor:
 *
 * - `classes`: one of them is right (softmax, or a cross-entropy over the units).
 * - `two-classes`: one sigmoid unit.
 * - `probability`: one unit of a named tensor, with values from 0 to 1.
 * - `labels`: sigmoids, each right or wrong by itself.
 * - `scores`: units without an activation and without a loss, which a loop of the user's own trains.
 * - `unknown`: units of a named tensor.
 * - `unexplained`: units without an activation under a loss of the user's own, such as coordinates of a box.
 * - `numbers`: trained to be near a target.
 * - `maps`: no row of units, as of a decoder.
 */
export type OutputUnits =
  | 'classes'
  | 'two-classes'
  | 'probability'
  | 'labels'
  | 'scores'
  | 'unknown'
  | 'unexplained'
  | 'numbers'
  | 'maps';

/** Losses, and metrics, that compare classes. The names of functions of tfjs may have a suffix. */
const overClasses = /^(softmaxCrossEntropy|categorical|sparseCategorical)/;

/** An output of a network, as far as it is known. */
export interface NetworkOutput {
  name: string;
  units: OutputUnits;
  /** With the batch. */
  shape: readonly (number | null)[];
}

export function modelOutputs(model: LayersModel): NetworkOutput[] {
  return model.outputs.map(({shape}, output) => ({
    name: model.outputNames[output] ?? String(output),
    units: outputUnits(model, output),
    shape,
  }));
}

function outputUnits(model: LayersModel, output: number): OutputUnits {
  const symbolic = model.outputs[output] as SymbolicTensor;
  const width = symbolic.shape.at(-1) ?? 0;
  if (symbolic.shape.length !== 2) return 'maps';
  const activation = activationOf(symbolic);
  if (width === 1) return activation === 'sigmoid' ? 'two-classes' : 'numbers';
  if (activation === 'softmax') return 'classes';
  const loss = outputPart(model, model.loss as PerOutput, output);
  const metrics = [outputPart(model, model.metrics as PerOutput, output, 'all')].flat();
  const spoken = [loss, ...metrics.filter(metric => /accuracy/i.test(nameOf(metric)))].map(nameOf);
  if (spoken.some(name => overClasses.test(name))) return 'classes';
  if (activation === 'sigmoid') return 'labels';
  if (loss === undefined) return 'scores';
  return typeof loss === 'function' ? 'unexplained' : 'numbers';
}

type PerOutput = unknown[] | Record<string, unknown> | string | undefined;

/** The compiled loss of one of the outputs; undefined for a model that a custom loop trains. */
function outputPart(model: LayersModel, parts: PerOutput, output: number, list?: 'all'): unknown {
  if (Array.isArray(parts)) return list ? parts : parts[output];
  if (typeof parts !== 'object') return parts;
  return parts?.[model.outputNames[output] ?? ''];
}

function nameOf(lossOrMetric: unknown): string {
  return typeof lossOrMetric === 'function' ? lossOrMetric.name : String(lossOrMetric);
}

/** Layers that change no value when not training. */
const passing = /^(Dropout|Flatten|Reshape|GaussianNoise|GaussianDropout|AlphaDropout)$/;

/** Returns the layer that made a tensor, also if it is the last of a nested model. */
function activationOf({sourceLayer, nodeIndex, tensorIndex}: SymbolicTensor): string | undefined {
  const {activation, outputs} = sourceLayer as Layer & {
    activation?: {getClassName(): string};
    outputs?: SymbolicTensor[];
  };
  const within = outputs?.[tensorIndex];
  if (within) return activationOf(within);
  const kind = sourceLayer.getClassName();
  const before = sourceLayer.inboundNodes[nodeIndex]?.inputTensors[0];
  if (passing.test(kind) && before) return activationOf(before);
  return kind === 'Softmax' ? 'softmax' : activation?.getClassName();
}
