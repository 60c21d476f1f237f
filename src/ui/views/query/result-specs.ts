import type {BarSpec} from '../../charts/bar-spec.js';
import type {GridSpec} from '../../charts/grid-spec.js';
import type {LineSpec} from '../../charts/line-spec.js';
import {classColour, runColour, type Theme} from '../../charts/palette.js';
import type {ResultPicture} from '../../model/result-picture.js';

type Picture<Kind extends ResultPicture['kind']> = Extract<ResultPicture, {kind: Kind}>;

/** A bar a value. */
export function barSpecOf({key, labels, values}: Picture<'bars'>, look: Theme): BarSpec {
  return {
    yLabel: 'bits',
    groups: labels.map((label, i) => ({
      label,
      bars: [
        {
          label,
          colour: key === 'class' ? classColour(look, i) : runColour(look, 0),
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
    series: lines.map((line, i) => ({
      label: line.label,
      colour: line.class === null ? runColour(look, i) : classColour(look, line.class),
      values: line.values,
      ...(lines.length > 8 && line.class === null && {emphasis: 'faint' as const}),
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
