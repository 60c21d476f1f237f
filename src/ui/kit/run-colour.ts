import {runColour, type Theme} from '../charts/palette.js';
import {slotsOfRuns} from '../state/run-slots.js';
import {primaryRun} from '../state/runs.js';

/** The colour of a run, in every chart, list and file. */
export function colourOfRun(look: Theme, id: string): string {
  return runColour(look, slotsOfRuns.value.get(id) ?? null);
}

/** The colour of what is drawn of the primary run alone. */
export function primaryColour(look: Theme): string {
  return colourOfRun(look, primaryRun.value?.id ?? '');
}
