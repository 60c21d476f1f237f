import {effect, signal} from '@preact/signals';
import {nearestEpoch, stepEpoch} from '../model/epochs.js';
import {currentEpoch, epochs} from './runs.js';
import {view} from './view-state.js';

/** Long enough to see what changed between two epochs. */
const playStepMs = 450;

export const playing = signal(false);

/** How many times faster than usual it plays. */
export const playSpeed = signal(1);

/** The epoch under the pointer in any chart over time; marked in all of them. */
export const hoveredEpoch = signal<number | null>(null);

/** Shows the captured epoch nearest to `epoch`; at the last one the page follows the training from then on. */
export function showEpoch(epoch: number): void {
  const nearest = nearestEpoch(epochs.value, epoch);
  view.epoch.value = nearest === (epochs.value.at(-1) ?? null) ? null : nearest;
}

/** Moves by captured epochs. */
export function moveEpoch(steps: number): void {
  const from = currentEpoch.value;
  if (from !== null) showEpoch(stepEpoch(epochs.value, from, steps));
}

/** Plays from the current epoch, from the first where the last one is shown; or stops. */
export function togglePlay(): void {
  if (!playing.value && currentEpoch.value === epochs.value.at(-1)) showEpoch(epochs.value[0] ?? 0);
  playing.value = !playing.value && epochs.value.length > 1;
}

/** Lets the clock run while `playing` is set; it stops at the last epoch. Returns what ends it. */
export function runClock(): () => void {
  return effect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      moveEpoch(1);
      if (currentEpoch.value === epochs.value.at(-1)) playing.value = false;
    }, playStepMs / playSpeed.value);
    return () => clearInterval(timer);
  });
}
