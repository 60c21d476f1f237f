import {legend, type Drawing} from '../../charts/drawing.js';
import {runColour, type Theme} from '../../charts/palette.js';
import {selectedRuns} from '../../state/runs.js';

/** Draws the names of the compared runs next to their colours, for a picture file; `width` in CSS pixels. */
export function runLegend(theme: Theme, width: number): Drawing {
  const items = selectedRuns.value.map((run, position) => ({
    label: run.name,
    colour: runColour(theme, position),
  }));
  return legend(items, theme, width);
}
