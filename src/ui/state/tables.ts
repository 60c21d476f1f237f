import {computed, effect} from '@preact/signals';
import type {Columns, LayerInfo, TableName} from '../../shared/index.js';
import {comparedNames, findLayer} from '../../shared/layer-alias.js';
import {fetchRun, fetchSamples, fetchTable, type TableFilter} from '../api/client.js';
import {samplesInCell} from '../model/cell-samples.js';
import {visibleTabs} from './layout.js';
import {resource} from './resource.js';
import {currentEpoch, epochRevisionOf, primaryRun, revisionOf, selectedRuns} from './runs.js';
import type {ViewState} from '../model/view-state.js';
import {view} from './view-state.js';

/** Pictures shown for a cell of the confusion matrix; the drawer says how many more there are. */
export const shownSamples = 60;

/** Epochs whose tables stay on the page, for stepping back and forth. */
export const keptEpochs = 256;

/** The primary run's description. */
export const detail = resource(
  () => {
    const run = primaryRun.value;
    return run && {run: run.id, status: run.status, planned: run.plannedEpochs};
  },
  ({run}, aborted) => fetchRun(run, aborted),
);

/** Logs of all selected runs. */
export const logs = resource(
  () => perRun('performance'),
  (keys, aborted) => fetchForRuns(keys, 'logs', {}, aborted),
);

/** The primary run's logs alone: what the epoch bar draws, whichever view is open. */
export const primaryLogs = resource(
  () => primaryRun.value && {run: primaryRun.value.id, revision: revisionOf(primaryRun.value)},
  ({run}, aborted) => fetchTable(run, 'logs', {}, aborted),
);

/** Layer entropies over all samples, of all selected runs, each with its L axis. */
export const layerEntropy = resource(
  () => perRun('performance'),
  async (keys, aborted) => {
    const [tables, details] = await Promise.all([
      fetchForRuns(keys, 'layer_entropy', {class: 'all'}, aborted),
      Promise.all(keys.map(({run}) => fetchRun(run, aborted))),
    ]);
    return tables.map((loaded, i) => ({...loaded, layers: details[i]?.info.layers ?? []}));
  },
);

/** Class entropies of all selected runs. */
export const classEntropy = resource(
  () => perRun('performance'),
  (keys, aborted) => fetchForRuns(keys, 'class_entropy', {}, aborted),
);

/** The confusion matrix of the primary run at the current epoch. */
export const confusion = resource(
  () => atEpoch('performance'),
  async ({run, epoch}, aborted) => ({
    run,
    epoch,
    table: await fetchTable(run, 'confusion', {epoch}, aborted),
  }),
  {keep: keptEpochs, next: neighbouringEpochs},
);

/** The probe samples in the opened cell of the confusion matrix, with their inputs. */
export const cellSamples = resource(
  () => {
    const key = atEpoch('performance');
    return key && view.cell.value ? {...key, cell: view.cell.value} : null;
  },
  async ({run, epoch, cell}, aborted) => {
    const rows = samplesInCell(await fetchTable(run, 'predictions', {epoch}, aborted), cell);
    const shown = rows.slice(0, shownSamples);
    const inputs =
      shown.length > 0
        ? await fetchSamples(
            run,
            shown.map(row => row.sample),
            aborted,
          )
        : [];
    return {run, epoch, cell, rows, inputs};
  },
);

/** Captured layers that have channels, inputs left out. */
export const layers = computed<LayerInfo[]>(() => {
  const info = detail.value.value?.info;
  return info ? info.layers.slice(info.inputs) : [];
});

/**
 * Keeps the chosen layers where the primary run changes to one that calls its layers otherwise: the layer of the same
 * alias takes the place of each.
 */
export function followLayers(): void {
  let before: readonly LayerInfo[] | null = null;
  effect(() => {
    const now = detail.value.value?.info.layers;
    if (!now) return;
    const names = before && comparedNames(before, now);
    for (const chosen of [view.layer, view.from, view.to]) {
      const name = chosen.peek();
      if (name !== null && names) chosen.value = names.get(name) ?? name;
    }
    before = now;
  });
}

/** The layer that the channel view shows: the chosen one, else the first with maps, else the first. */
export const currentLayer = computed<LayerInfo | null>(() => {
  const found = view.layer.value === null ? undefined : findLayer(layers.value, view.layer.value);
  return found ?? layers.value.find(layer => layer.spatial.length > 0) ?? layers.value[0] ?? null;
});

/** The layer pair of the capacity heatmap: those chosen, else the first two with maps, else the first two. */
export const layerPair = computed<readonly [from: LayerInfo, to: LayerInfo] | null>(() => {
  const all = detail.value.value?.info.layers ?? [];
  const withMaps = layers.value.filter(layer => layer.spatial.length > 0);
  const [first, second] = withMaps.length >= 2 ? withMaps : layers.value.length >= 2 ? layers.value : all;
  const from = (view.from.value === null ? undefined : findLayer(all, view.from.value)) ?? first;
  const to = (view.to.value === null ? undefined : findLayer(all, view.to.value)) ?? second ?? first;
  return from && to ? [from, to] : null;
});

/** The classes of the primary run. */
export const classes = computed<string[]>(() => detail.value.value?.info.classes ?? []);

/** The view is on the page: what is not is not loaded. */
export function isVisible(tab: ViewState['tab']): boolean {
  return visibleTabs.value.includes(tab);
}

function perRun(tab: ViewState['tab']): {run: string; revision: string}[] | null {
  if (!isVisible(tab) || selectedRuns.value.length === 0) return null;
  return selectedRuns.value.map(run => ({run: run.id, revision: revisionOf(run)}));
}

/** The primary run at the clock's epoch, while the view is on the page. */
export function atEpoch(tab: ViewState['tab']): {run: string; revision: string; epoch: number} | null {
  const run = primaryRun.value;
  const epoch = currentEpoch.value;
  if (!run || epoch === null || !isVisible(tab)) return null;
  return {run: run.id, revision: epochRevisionOf(run, epoch), epoch};
}

/** Prefetches the same query for the neighbouring epochs, where the clock may go next. */
export function neighbouringEpochs<Key extends {run: string; revision: string; epoch: number}>(
  key: Key,
): Key[] {
  const run = primaryRun.value;
  if (run?.id !== key.run) return [];
  const at = run.epochs.indexOf(key.epoch);
  const beside = [1, -1, 2, -2].map(steps => run.epochs[at + steps]);
  return beside
    .filter(epoch => epoch !== undefined)
    .map(epoch => ({...key, epoch, revision: epochRevisionOf(run, epoch)}));
}

function fetchForRuns(
  keys: {run: string}[],
  table: TableName,
  filter: TableFilter,
  aborted: AbortSignal,
): Promise<{run: string; table: Columns}[]> {
  return Promise.all(
    keys.map(async ({run}) => ({run, table: await fetchTable(run, table, filter, aborted)})),
  );
}
