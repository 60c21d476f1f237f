import {runColour, type Theme} from '../../charts/palette.js';
import type {FigureKey} from '../../model/figure.js';
import {selectedRuns} from '../../state/runs.js';

/** The names of the compared runs next to their colours, for a picture file. */
export function runKey(theme: Theme): FigureKey {
  const items = selectedRuns.value.map((run, position) => ({
    label: run.name,
    colour: runColour(theme, position),
  }));
  return {kind: 'names', items};
}
