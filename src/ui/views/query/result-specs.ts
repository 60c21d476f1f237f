import type {BarSpec} from '../../charts/bar-spec.js';
import type {GridSpec} from '../../charts/grid-paint.js';
import type {LineSpec} from '../../charts/line-spec.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {primaryColour} from '../../kit/run-colour.js';
import type {ResultPicture} from '../../model/result-picture.js';

type Picture<Kind extends ResultPicture['kind']> = Extract<ResultPicture, {kind: Kind}>;

/** The colour of its class; of what is no class, the primary run's. */
function colourOf(index: number | null, look: Theme): string {
  return index === null ? primaryColour(look) : classColour(look, index);
}

/** A bar a value. */
export function barSpecOf({labels, classes, values}: Picture<'bars'>, look: Theme): BarSpec {
  return {
    yLabel: 'bits',
    groups: labels.map((label, i) => ({
      label,
      bars: [
        {
          label,
          colour: colourOf(classes?.[i] ?? null, look),
          value: values[i] ?? null,
          ceiling: null,
        },
      ],
    })),
  };
}

/** A line a place in the hypercube, over the epochs; the colours are the classes' where the lines are classes. */
export function lineSpecOf({epochs, lines}: Picture<'lines'>, look: Theme): LineSpec {
  return {
    x: epochs,
    xLabel: 'epoch',
    yLabel: 'bits',
    endLabels: lines.length > 1,
    series: lines.map(line => ({
      label: line.label,
      colour: colourOf(line.class, look),
      values: line.values,
    })),
  };
}

/** Uses the scale 0..largest. */
export function gridSpecOf({values, ...titles}: Picture<'grid'>): GridSpec {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  const [rows, columns] = [titles.rowLabels.length, titles.columnLabels.length];
  const {rowTitle, columnTitle, rowLabels, columnLabels} = titles;
  return {
    grid: {rows, columns, values, domain: [0, largest || 1]},
    ...{rowTitle, columnTitle, rowLabels, columnLabels},
  };
}
