import type {LayerInfo, RunInfo} from '../shared/index.js';
import type {DamagedEpoch, FailedPart, Run} from '../store/index.js';
import {deadChannels, type DeadChannels} from './dead-channels.js';
import {finalAccuracy, type FinalAccuracy} from './final-accuracy.js';
import {askIntactEpochs, type LostEpochs} from './intact-epochs.js';
import {layerTrend, type LayerTrend} from './layer-trend.js';
import {neverPredicted, type NeverPredicted} from './never-predicted.js';

/** Results for one layer. */
export interface LayerSummary {
  layer: Pick<LayerInfo, 'index' | 'name' | 'className' | 'channels'>;
  /** Null where the layer has no row of `layer_entropy`. */
  trend: LayerTrend | null;
  /** Values at the last epoch. */
  dead: DeadChannels;
}

/** Summary of a run, each value with its basis. */
export interface RunSummary {
  run: string;
  status: RunInfo['status'];
  /** First and last finished epoch; null where none is finished, and then nothing else is known. */
  epochs: {first: number; last: number; count: number} | null;
  /** Damaged epochs, which nothing here is made of. */
  damaged: DamagedEpoch[];
  /** Parts of the other epochs that could not be computed or stored when they were captured. */
  failed: (FailedPart & {epoch: number})[];
  accuracy: FinalAccuracy;
  neverPredicted: (NeverPredicted & {name: string})[];
  layers: LayerSummary[];
  basis: {
    /** Probe samples, the N behind every entropy of a layer. */
    probeSamples: number;
    /** The samples of the confusion matrix, on which `neverPredicted` is based. */
    evaluation: RunInfo['evaluation'];
    /** Training samples an epoch, on which the training accuracy is based; null if unknown. */
    trainingSamples: number | null;
    /** Bins of the intra-sample histograms. */
    bins: number;
    /** Range rule of those histograms; under `layer` every epoch has its own range. */
    range: RunInfo['options']['range'];
  };
}

/**
 * Reads the tables of a run and says what stands out: final accuracy, classes never predicted, each layer's first and
 * last entropies, dead channels.
 *
 * Reads only the first and last epoch of the large tables. Damaged epochs are named, and the others summarized.
 */
export function summarizeRun(run: Run): Promise<RunSummary> {
  return askIntactEpochs(run, (epochs, lost) => summarize(run, epochs, lost));
}

async function summarize(run: Run, epochs: readonly number[], lost: LostEpochs): Promise<RunSummary> {
  const {info} = run;
  const first = epochs.at(0);
  const last = epochs.at(-1);
  const none = first === undefined || last === undefined;
  const [logs, classEntropy, layerEntropy, channelEntropy, manifests] = none
    ? [[], [], [], [], []]
    : await Promise.all([
        run.table('logs', {epochs}),
        run.table('class_entropy', {epochs}),
        run.table('layer_entropy', {epochs: [...new Set([first, last])]}),
        run.table('channel_entropy', {epochs: [last]}),
        Promise.all(epochs.map(epoch => run.manifest(epoch))),
      ]);
  return {
    run: info.name,
    status: info.status,
    epochs: none ? null : {first, last, count: epochs.length},
    damaged: [...lost].map(([epoch, {message}]) => ({epoch, reason: message})),
    failed: manifests.flatMap(({epoch, failed = []}) => failed.map(part => ({epoch, ...part}))),
    accuracy: finalAccuracy(logs),
    neverPredicted: neverPredicted(classEntropy).map(found => ({
      ...found,
      name: info.classes[found.class] ?? String(found.class),
    })),
    layers: none
      ? []
      : await Promise.all(
          info.layers.map(async layer => ({
            layer: pick(layer),
            trend: layerTrend(layerEntropy, layer.name),
            dead: await deadChannels(run, channelEntropy, {layer, epoch: last}),
          })),
        ),
    basis: {
      probeSamples: info.probe.samples,
      evaluation: info.evaluation,
      trainingSamples: info.training.samples,
      bins: info.options.bins,
      range: info.options.range,
    },
  };
}

function pick({index, name, className, channels}: LayerInfo): LayerSummary['layer'] {
  return {index, name, className, channels};
}
