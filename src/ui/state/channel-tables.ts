import {computed, signal} from '@preact/signals';
import {rowsOf, type PredictionsRow} from '../../shared/index.js';
import {storedSamples} from '../../shared/run.js';
import {fetchSamples, fetchTable, RequestError} from '../api/client.js';
import {fetchFeatureMaps, type FeatureMaps} from '../api/feature-maps.js';
import {fetchProjections} from '../api/projections.js';
import {fetchQuery} from '../api/query.js';
import type {ProbeSample} from '../api/samples.js';
import {channelColumns, layerChannels} from '../model/channels.js';
import {channelsByClass} from '../model/channels-by-class.js';
import {chooseSamples, labelledSamples, type ChosenSamples} from '../model/channel-samples.js';
import {layerConsistency} from '../model/class-comparison.js';
import {packing} from '../model/packing.js';
import {resource} from './resource.js';
import {currentEpoch, primaryRun, revisionOf} from './runs.js';
import {currentLayer} from './chosen-layers.js';
import {isVisible} from './layout.js';
import {atEpoch, keptEpochs, neighbouringEpochs} from './load-keys.js';
import {detail, layers} from './run-detail.js';
import {view} from './view-state.js';

/** Channel entropies of the primary run's current layer: all epochs, all classes. */
export const channelEntropy = resource(
  () => {
    const run = primaryRun.value;
    const layer = currentLayer.value;
    if (!run || !layer || !isVisible('channels') || detail.value.value?.summary.id !== run.id) return null;
    return {run: run.id, revision: revisionOf(run), layer: layer.name};
  },
  async ({run, layer}, aborted) => ({
    run,
    layer,
    shaped: layerChannels(
      await fetchTable(run, 'channel_entropy', {layer, columns: channelColumns}, aborted),
    ),
  }),
);

/** The same by class, as the circles show it. */
export const channelClasses = computed(() => {
  const loaded = channelEntropy.value.value;
  return loaded && channelsByClass(loaded.shaped);
});

/** Positions of the layer's circles: for the whole run, so that only their sizes follow the clock. */
export const channelPacking = computed(() => {
  const data = channelClasses.value;
  return data && packing(data.largest, {groups: data.classes.length, order: data.order});
});

/** How each layer's mean entropy differs between classes at the clock's epoch. */
export const consistency = resource(
  () => {
    const at = atEpoch('channels');
    const known = detail.value.value;
    if (!at || known?.summary.id !== at.run || known.info.classes.length === 0) return null;
    // If no layer has maps, each has one value, and there is nothing to average.
    const hasMaps = known.info.layers.some(({spatial}) => spatial.some(extent => extent > 1));
    return {...at, hasMaps, order: layers.value.map(layer => layer.name)};
  },
  async ({run, epoch, hasMaps, order}, aborted) => {
    const entropy = `H(dCNN(label=*, *, *, ${epoch}))`;
    const expression = hasMaps ? `mean(${entropy} over channel)` : entropy;
    const answer = await fetchQuery(run, expression, {signal: aborted});
    return {
      epoch,
      bins: answer.facts['bins'],
      range: answer.facts['range'],
      layers: layerConsistency(answer, order),
    };
  },
  {keep: keptEpochs, next: neighbouringEpochs},
);

/** How many samples the opened channel shows at first, and how many more each time. */
export const samplesAtOnce = 8;

/** How many samples the opened channel shows now. */
export const maxSamples = signal(samplesAtOnce);

/** The samples that the opened channel is seen in. */
export interface ChannelSamples extends ChosenSamples {
  predictions: PredictionsRow[];
  inputs: ProbeSample[];
}

export const channelSamples = resource(
  () => {
    const at = atEpoch('channels');
    const info = detail.value.value?.info;
    if (!at || !info || view.channel.value === null || detail.value.value?.summary.id !== at.run) return null;
    const choice = {class: view.samplesOf.value, stored: storedSamples(info), most: maxSamples.value};
    return {...at, samples: info.probe.samples, choice};
  },
  async ({run, epoch, samples, choice}, aborted): Promise<ChannelSamples> => {
    const predictions = rowsOf(await fetchTable(run, 'predictions', {epoch}, aborted));
    const chosen = chooseSamples(labelledSamples(predictions, samples), choice);
    const inputs = chosen.shown.length > 0 ? await fetchSamples(run, chosen.shown, aborted) : [];
    return {...chosen, predictions, inputs};
  },
);

/** Maps of the opened channel for those samples. */
export interface ChannelPictures {
  layer: string;
  channel: number;
  epoch: number;
  /** The samples asked for. */
  samples: readonly number[];
  maps: FeatureMaps;
  projections: {shape: number[]; of: Map<number, Float32Array>} | null;
  /** Why there are no projections; null where there are. */
  problem: string | null;
}

export const channelPictures = resource(
  () => {
    const run = primaryRun.value;
    const layer = currentLayer.value;
    const epoch = currentEpoch.value;
    const channel = view.channel.value;
    const samples = channelSamples.value.value?.shown ?? [];
    if (!run || !layer || epoch === null || channel === null || samples.length === 0) return null;
    return {run: run.id, layer: layer.name, index: layer.index, channel, epoch, samples};
  },
  async ({run, index, ...query}, aborted): Promise<ChannelPictures> => {
    const {layer, channel, epoch, samples} = query;
    try {
      const {inputShape, mapShape, rows} = await fetchProjections(run, query, aborted);
      return {
        ...{layer, channel, epoch, samples},
        maps: {shape: mapShape, maps: new Map(rows.map(row => [row.sample, row.map]))},
        projections: {shape: inputShape, of: new Map(rows.map(row => [row.sample, row.projection]))},
        problem: null,
      };
    } catch (cause) {
      if (!(cause instanceof RequestError)) throw cause;
      // A server or a run that cannot project still has the maps.
      const maps = await fetchFeatureMaps(run, {...query, layer: index}, aborted);
      return {...{layer, channel, epoch, samples}, maps, projections: null, problem: cause.message};
    }
  },
);
