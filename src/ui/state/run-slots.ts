import {computed} from '@preact/signals';
import {runSlots} from '../model/run-slots.js';
import {runs, selectedRuns} from './runs.js';

/** How many runs have their own colour; further ones share the grey of the rest. */
export const runSlotCount = 8;

let held: ReadonlyMap<string, number | null> = new Map();

/** The place of every run in the palette, by id; null where it has none. It is remembered while the page is open. */
export const slotsOfRuns = computed(() => {
  const known = [...(runs.value ?? [])].reverse().map(run => run.id);
  held = runSlots(held, {selected: selectedRuns.value.map(run => run.id), known, size: runSlotCount});
  return held;
});
