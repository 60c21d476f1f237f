import type {LineSpec} from '../../charts/line-spec.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {markedPoints, type ClassEntropies, type EntropyMeasure} from '../../model/class-entropy.js';
import {className} from '../../model/format.js';
import {smooth} from '../../model/smoothing.js';
import {selectedRuns} from '../../state/runs.js';
import {view} from '../../state/view-state.js';
import {colourOfRun} from '../../kit/run-colour.js';
import {emphasisOf} from '../class-legend.js';

export const measures: readonly EntropyMeasure[] = ['labelGivenPred', 'predGivenLabel'];

export const measureTitles: Record<EntropyMeasure, string> = {
  labelGivenPred: 'H(label | y)',
  predGivenLabel: 'H(y | label)',
};

/** Lines of the chart: the classes of one run, or the compared runs. */
export type EntropyLines = 'classes' | 'runs';

/** What the charts show: its lines, and whose they are. */
export interface EntropyView {
  of: EntropyLines;
  /** The classes of all runs shown, which have equally many. */
  classes: readonly string[];
  /** The run of each line; of the classes of one run that one. */
  runs: readonly string[];
  shaped: ClassEntropies;
}

/** The largest class entropy there can be, bits. */
export function maxBits({classes}: Pick<EntropyView, 'classes'>): number {
  return Math.log2(Math.max(2, classes.length));
}

/** The name of a line, and its colour in every chart. */
export function nameAndColour(
  {of, classes, runs}: EntropyView,
  line: number,
  look: Theme,
): {label: string; colour: string} {
  if (of === 'classes') return {label: className(classes, line), colour: classColour(look, line)};
  const id = runs[line] ?? '';
  return {label: selectedRuns.value.find(run => run.id === id)?.name ?? id, colour: colourOfRun(look, id)};
}

/** The chart of one measure as the state of the page has it. */
export function entropySpec(drawn: EntropyView, measure: EntropyMeasure, look: Theme): LineSpec {
  const {of, shaped} = drawn;
  const lines = shaped[measure];
  const smoothing = view.smoothing.value;
  return {
    x: shaped.epochs,
    xLabel: measure === 'predGivenLabel' ? 'epoch' : null,
    yLabel: 'bits',
    yDomain: [0, maxBits(drawn) * 1.04],
    series: lines.map(({values}, i) => {
      const named = nameAndColour(drawn, i, look);
      const emphasis = of === 'classes' ? emphasisOf(i) : undefined;
      return {
        ...named,
        isRest: named.colour === look.rest,
        ...(smoothing === 0 ? {values} : {values: smooth(values, smoothing / 100), raw: values}),
        ...(emphasis && {emphasis}),
      };
    }),
    marks: markedPoints(lines),
  };
}
