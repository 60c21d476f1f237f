import {computed} from '@preact/signals';
import type {ArchitectureNode} from '../../shared/index.js';
import {fetchTable} from '../api/client.js';
import {architectureOf} from '../model/architecture.js';
import {layerLines} from '../model/layer-lines.js';
import {resource} from './resource.js';
import {primaryRun, revisionOf} from './runs.js';
import {detail} from './run-detail.js';
import {isRailOpen} from './layout.js';
import {view} from './view-state.js';

/** The primary run's model. */
export const architecture = computed<readonly ArchitectureNode[]>(() => {
  const info = detail.value.value?.info;
  return info ? architectureOf(info) : [];
});

/** Entropy of each layer over time, while the rail shows it. */
export const entropyOfLayers = resource(
  () => {
    const run = primaryRun.value;
    return run && isRailOpen.value ? {run: run.id, revision: revisionOf(run)} : null;
  },
  async ({run}, aborted) => layerLines(await fetchTable(run, 'layer_entropy', {class: 'all'}, aborted)),
);

/** Opens a closed block or nested model, or closes it. */
export function toggleBlock(key: string): void {
  const open = view.blocks.value;
  view.blocks.value = open.includes(key) ? open.filter(other => other !== key) : [...open, key];
}
