import type {Pen} from './canvas.js';
import type {LineSpec} from './line-spec.js';
import type {Theme} from './palette.js';

/** Radius of a hollow mark, CSS pixels. */
const markRadius = 3;

/** Height of the lane above the plot that holds the marks, CSS pixels: two rows. */
export const markLane = 20;

/** Position of a chart's plot in its canvas, and of the marks on its x axis; canvas pixels. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  xOf: (x: number) => number;
  /** Canvas pixels per CSS pixel. */
  ratio: number;
}

/**
 * Hollow circles in the lane above the plot: those of one x are side by side, in as many rows as their number needs,
 * so that none is taken for a value.
 */
export function paintMarks(
  context: Pen,
  spec: LineSpec,
  {theme, area}: {theme: Theme; area: PlotArea},
): void {
  const {left, top, width, xOf, ratio} = area;
  const pitch = (markRadius * 2 + 1.5) * ratio;
  const perRow = Math.max(1, Math.floor(width / Math.max(1, spec.x.length) / pitch));
  const perIndex = new Map<number, number[]>();
  for (const {series, index} of spec.marks ?? [])
    perIndex.set(index, [...(perIndex.get(index) ?? []), series]);
  context.save();
  context.lineWidth = 1.25 * ratio;
  context.fillStyle = theme.panel;
  for (const [index, lines] of perIndex) {
    const wide = (Math.min(perRow, lines.length) - 1) * pitch;
    const first = Math.min(Math.max(xOf(spec.x[index] ?? 0) - wide / 2, left), left + width - wide);
    lines.forEach((series, i) => {
      const line = spec.series[series];
      if (!line) return;
      const y = top - (markLane - markRadius - 2) * ratio + Math.floor(i / perRow) * pitch;
      context.beginPath();
      context.arc(first + (i % perRow) * pitch, y, markRadius * ratio, 0, 2 * Math.PI);
      context.fill();
      context.strokeStyle = line.emphasis === 'faint' ? `${line.colour}40` : line.colour;
      context.stroke();
    });
  }
  context.restore();
}
