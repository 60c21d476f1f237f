import {signal} from '@preact/signals';
import {fetchAccuracies} from '../api/client.js';
import {resource} from './resource.js';
import {runs} from './runs.js';

/** The run table is open. */
export const isTableOpen = signal(false);

/** The last accuracy of each run, while the run table shows it. */
export const accuracies = resource(
  () => {
    if (!isTableOpen.value || runs.value === null) return null;
    const epochs = runs.value.reduce((sum, run) => sum + run.epochs.length, 0);
    return {runs: runs.value.length, epochs};
  },
  (_key, aborted) => fetchAccuracies(aborted),
);
