import {computed} from '@preact/signals';
import type {LayerInfo} from '../../shared/index.js';
import {fetchRun} from '../api/client.js';
import {resource} from './resource.js';
import {primaryRun} from './runs.js';

/** The primary run's description. */
export const detail = resource(
  () => {
    const run = primaryRun.value;
    return run && {run: run.id, status: run.status, planned: run.plannedEpochs};
  },
  ({run}, aborted) => fetchRun(run, aborted),
);

/** Captured layers that have channels, inputs left out. */
export const layers = computed<LayerInfo[]>(() => {
  const info = detail.value.value?.info;
  return info ? info.layers.slice(info.inputs) : [];
});

/** The classes of the primary run. */
export const classes = computed<string[]>(() => detail.value.value?.info.classes ?? []);
