import {computed} from '@preact/signals';
import {chanceDraws} from '../../shared/false-discoveries.js';
import {rowsOf} from '../../shared/index.js';
import {storedSamples} from '../../shared/run.js';
import {fetchSamples, fetchTable} from '../api/client.js';
import {fetchFeatureMaps, type FeatureMaps} from '../api/feature-maps.js';
import type {ProbeSample} from '../api/samples.js';
import {chooseSamples, labelledSamples, type ChosenSamples} from '../model/channel-samples.js';
import {readCapacity, type CapacityMatrix} from '../../shared/capacity-matrix.js';
import {discoveries} from '../../shared/false-discoveries.js';
import {stripEpochs} from '../model/capacity.js';
import {capacityText} from '../model/query-texts.js';
import {ask, progressOf} from './ask.js';
import {Recent} from './recent.js';
import {resource} from './resource.js';
import {currentEpoch, epochRevisionOf, epochs, primaryRun} from './runs.js';
import {layerPair} from './chosen-layers.js';
import {isVisible} from './layout.js';
import {detail, layers} from './run-detail.js';
import {view} from './view-state.js';

/** Small heatmaps over time. */
const maxEpochs = 12;
/** Samples that the drawer shows. */
const shownSamples = 10;

/** A capacity matrix with what it is of. */
export interface Capacity {
  run: string;
  from: string;
  to: string;
  epoch: number;
  expression: string;
  matrix: CapacityMatrix;
  /** 1 for each pair that is beyond chance, at a false discovery rate of 5 % over the matrix; null without a baseline. */
  beyondChance: Uint8Array | null;
}

interface CapacityKey {
  run: string;
  revision: string;
  from: string;
  to: string;
  epoch: number;
  class: number | null;
  permutations: number;
}

/** Answers that scrubbing through the epochs comes back to; a 512 x 512 matrix takes 2 MiB. */
const known = new Recent<Capacity>(128 * 2 ** 20, ({matrix}) => matrix.bits.byteLength + 1024);

/** The capacity of the chosen pair at the clock's epoch. */
export const capacity = resource(() => keyOf(currentEpoch.value, view.baseline.value), answer);

/** Progress of the heatmap on the server, in words; null if unknown. */
export const capacityProgress = computed(() => {
  const asked = keyOf(currentEpoch.value, view.baseline.value);
  const share = asked && progressOf(asked.run, expressionOf(asked));
  return share === null ? null : `Computing the capacity of every channel pair, ${Math.round(100 * share)} %`;
});

/** The same pair over time; the epochs come one after the other, and each is shown when it is there. */
export const capacityOverTime = resource(stripKey, async ({at, ...key}, aborted) => {
  const found: Capacity[] = [];
  for (const place of at) found.push(await answer({...key, ...place}, aborted));
  return found;
});

/** The first layer against every later one, at the clock's epoch. */
export const capacityOverDepth = resource(
  () => {
    const pair = layerPair.value;
    const all = detail.value.value?.info.layers ?? [];
    const later = all.filter(layer => pair !== null && layer.index > pair[0].index).map(({name}) => name);
    const first = keyOf(currentEpoch.value, false);
    return first && capacity.value.value ? {...first, later} : null;
  },
  async ({later, ...key}, aborted) => {
    const found: Capacity[] = [];
    for (const to of later) found.push(await answer({...key, to}, aborted));
    return found;
  },
);

/** Maps of both channels of the chosen cell, next to the inputs. */
export interface PairSamples extends ChosenSamples {
  inputs: ProbeSample[];
  from: FeatureMaps;
  to: FeatureMaps;
  /** The shown cell, and its position. */
  cell: {from: number; to: number};
  layers: [from: string, to: string];
  epoch: number;
}

export const pairSamples = resource(
  () => {
    const cell = view.pair.value;
    const asked = keyOf(currentEpoch.value, false);
    return cell && asked && {...asked, cell};
  },
  async ({run, from, to, epoch, class: index, cell}, aborted): Promise<PairSamples> => {
    const info = detail.value.value?.info;
    const predictions = rowsOf(await fetchTable(run, 'predictions', {epoch}, aborted));
    const chosen = chooseSamples(labelledSamples(predictions, info?.probe.samples ?? 0), {
      class: index,
      stored: info ? storedSamples(info) : 0,
      most: shownSamples,
    });
    const where = {epoch, samples: chosen.shown};
    const [inputs, a, b] = await Promise.all([
      fetchSamples(run, chosen.shown, aborted),
      fetchFeatureMaps(run, {...where, layer: indexOf(from), channel: cell.from}, aborted),
      fetchFeatureMaps(run, {...where, layer: indexOf(to), channel: cell.to}, aborted),
    ]);
    return {...chosen, inputs, from: a, to: b, cell, layers: [from, to], epoch};
  },
);

/** What the matrix of the chosen pair is asked for by; null while there is nothing to ask, or the view is not open. */
function keyOf(epoch: number | null, withBaseline: boolean): CapacityKey | null {
  const run = primaryRun.value;
  const [from, to] = layerPair.value?.map(({name}) => name) ?? [];
  if (!run || epoch === null || from === undefined || to === undefined || !isVisible('layers')) return null;
  if (detail.value.value?.summary.id !== run.id) return null;
  const permutations = withBaseline ? drawsFor(from, to) : 0;
  return {
    run: run.id,
    revision: epochRevisionOf(run, epoch),
    from,
    to,
    epoch,
    class: view.focusClass.value,
    permutations,
  };
}

/** Shuffles of the samples that the capacity of two layers is compared with on request. */
function drawsFor(from: string, to: string): number {
  const info = detail.value.value?.info;
  const channels = (layer: string) => info?.layers.find(({name}) => name === layer)?.channels ?? 1;
  return chanceDraws(channels(from) * channels(to), info ? storedSamples(info) : 0);
}

/** After the main picture, which has the threads first. */
function stripKey() {
  const shown = stripEpochs(epochs.value, maxEpochs);
  const first = keyOf(shown[0] ?? null, false);
  const run = primaryRun.value;
  if (!first || !run || !capacity.value.value) return null;
  return {...first, at: shown.map(epoch => ({epoch, revision: epochRevisionOf(run, epoch)}))};
}

async function answer(key: CapacityKey, aborted: AbortSignal): Promise<Capacity> {
  const {run, from, to, epoch} = key;
  const text = JSON.stringify(key);
  const kept = known.get(text);
  if (kept) return kept;
  const expression = expressionOf(key);
  const matrix = readCapacity(await ask(run, expression, aborted));
  const beyondChance = matrix.p && discoveries(matrix.p);
  const found = {run, from, to, epoch, expression, matrix, beyondChance};
  known.set(text, found);
  return found;
}

/** The query in the notation. */
function expressionOf({from, to, epoch, class: index, permutations}: CapacityKey): string {
  const part = (layer: string) => ({class: index, layers: [layer], epochs: [epoch]});
  return capacityText(part(from), part(to), permutations);
}

/** A layer's place on the L axis. */
function indexOf(name: string): number {
  return pairLayers().findIndex(layer => layer.name === name);
}

/** Layers that can be chosen, the inputs among them. */
export function pairLayers() {
  return detail.value.value?.info.layers ?? layers.value;
}
