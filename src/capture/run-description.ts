import {NO_LABEL, type LayerInfo, type ProcessIdentity, type RunInfo} from '../shared/index.js';
import {FORMAT_VERSION} from '../shared/run-schema.js';
import type {LabelledSet} from './labelled-set.js';
import type {Network} from './network.js';
import type {CaptureSettings} from './options.js';
import type {OutputChoice} from './output-choice.js';

/** The parameters of a fit that tfjs passes to its callbacks. */
export type FitParams = Record<string, unknown>;

export interface RunParts {
  name: string;
  network: Network;
  params: FitParams;
  /** The L axis. */
  layers: LayerInfo[];
  options: CaptureSettings;
  probe: LabelledSet;
  evaluation: LabelledSet;
  output: OutputChoice;
  versions: RunInfo['versions'];
  backend: string;
  process: ProcessIdentity;
}

/** Everything about a fit that does not change from epoch to epoch. */
export function describeRun({
  name,
  network,
  params,
  layers,
  options,
  probe,
  evaluation,
  output: {classifier, name: outputName, chosenBy, why},
  versions,
  backend,
  process,
}: RunParts): RunInfo {
  const names = options.probe.classNames ?? [];
  const classes = classifier?.classes ?? probe.classes;
  const perClass = new Array<number>(classes).fill(0);
  for (const label of probe.labels) if (label !== NO_LABEL) perClass[label] = (perClass[label] ?? 0) + 1;
  const {everyEpochs, dtype, activations, weights, bins, range, k} = options;
  return {
    format: 'cnnslicer-run',
    formatVersion: FORMAT_VERSION,
    id: crypto.randomUUID(),
    name,
    status: 'training',
    createdAt: new Date().toISOString(),
    process,
    versions,
    backend,
    seed: options.seed,
    layers,
    ...network.describe(new Set(layers.map(layer => layer.name))),
    classes: Array.from({length: classes}, (_, i) => names[i] ?? String(i)),
    probe: {
      samples: probe.samples,
      perClass,
      output: {name: outputName, chosenBy, why},
    },
    evaluation: {source: evaluation === probe ? 'probe' : 'evaluation', samples: evaluation.samples},
    training: trainingOf(params),
    options: {everyEpochs, dtype, activations, weights, bins, range, k},
  };
}

/** Returns the size of a training, as far as it is known. */
export function trainingOf(params: FitParams): RunInfo['training'] {
  return {
    samples: numberOr(params.samples, null),
    batchSize: numberOr(params.batchSize, null),
    epochs: numberOr(params.epochs, null),
    initialEpoch: numberOr(params.initialEpoch, 0),
  };
}

/** tfjs leaves out, or sets to null, what a dataset does not know; a loop of the user's own may tell nothing. */
function numberOr<T>(value: unknown, otherwise: T): number | T {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
