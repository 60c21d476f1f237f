import type {Theme} from '../../charts/palette.js';
import {colourOfRun} from '../../kit/run-colour.js';
import type {FigureKey} from '../../model/figure.js';
import {selectedRuns} from '../../state/runs.js';

/** The names of the compared runs next to their colours, for a picture file. */
export function runKey(theme: Theme): FigureKey {
  const items = selectedRuns.value.map(run => ({
    label: run.name,
    colour: colourOfRun(theme, run.id),
  }));
  return {kind: 'names', items};
}
