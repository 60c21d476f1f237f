import type {LineSpec} from '../../charts/line-spec.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {markedPoints, type ClassEntropies, type EntropyMeasure} from '../../model/class-entropy.js';
import {className} from '../../model/format.js';
import {smooth} from '../../model/smoothing.js';
import {classes} from '../../state/run-detail.js';
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

/** The largest class entropy there can be, bits. */
export function maxBits(): number {
  return Math.log2(Math.max(2, classes.value.length));
}

/** The name of a line, and its colour in every chart. */
export function nameAndColour(of: EntropyLines, line: number, look: Theme): {label: string; colour: string} {
  if (of === 'classes') return {label: className(classes.value, line), colour: classColour(look, line)};
  const run = selectedRuns.value[line];
  return {label: run?.name ?? '', colour: colourOfRun(look, run?.id ?? '')};
}

/** The chart of one measure as the state of the page has it. */
export function entropySpec(
  shaped: ClassEntropies,
  measure: EntropyMeasure,
  {of, look}: {of: EntropyLines; look: Theme},
): LineSpec {
  const lines = shaped[measure];
  const smoothing = view.smoothing.value;
  return {
    x: shaped.epochs,
    xLabel: measure === 'predGivenLabel' ? 'epoch' : null,
    yLabel: 'bits',
    yDomain: [0, maxBits() * 1.04],
    series: lines.map(({values}, i) => {
      const emphasis = of === 'classes' ? emphasisOf(i) : undefined;
      return {
        ...nameAndColour(of, i, look),
        ...(smoothing === 0 ? {values} : {values: smooth(values, smoothing / 100), raw: values}),
        ...(emphasis && {emphasis}),
      };
    }),
    marks: markedPoints(lines),
  };
}
