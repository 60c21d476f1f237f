import type {ViewState} from '../model/view-state.js';
import {isVisible} from './layout.js';
import {currentEpoch, epochRevisionOf, primaryRun, revisionOf, selectedRuns} from './runs.js';

/** Epochs whose tables stay on the page, for stepping back and forth. */
export const keptEpochs = 256;

/** Every selected run, while the view is on the page. */
export function ofSelectedRuns(tab: ViewState['tab']): {run: string; revision: string}[] | null {
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
