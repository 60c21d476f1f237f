import {chartFont, type Pen} from './canvas.js';
import type {LineSpec} from './line-spec.js';
import type {Theme} from './palette.js';

/** Up to so many lines each has a row of the lane to itself; of more the lane shows how many are undefined. */
export const rowsUpTo = 12;

/** CSS pixels. */
const lane = {least: 16, row: 2.5, edge: 2, widest: 8};

/** Height of the lane above the plot that holds the marks, CSS pixels; 0 for a chart without one. */
export function laneHeight({marks, series}: LineSpec): number {
  if (marks === undefined) return 0;
  const rows = series.length <= rowsUpTo ? series.length : 0;
  return Math.max(lane.least, Math.ceil(rows * lane.row) + 2 * lane.edge);
}

/** A mark of the lane; CSS pixels, from the lane's top and from where `xOf` counts. */
export interface LaneMark {
  index: number;
  /** The line without a value; -1 for the share of all lines. */
  series: number;
  left: number;
  width: number;
  top: number;
  height: number;
}

/**
 * The marks of a chart. They have a lane outside the value axis, so that none can be read as a value: a row per line, in
 * the order of the lines, or, for many lines, a bar as high as the share of lines without a value.
 *
 * @param xOf - Position of an x, CSS pixels.
 */
export function laneMarks(spec: LineSpec, xOf: (x: number) => number): LaneMark[] {
  const {x, series, marks = []} = spec;
  const inner = laneHeight(spec) - 2 * lane.edge;
  const across = (index: number) => {
    const at = xOf(x[index] ?? 0);
    const beside = [x[index - 1], x[index + 1]].flatMap(next =>
      next === undefined ? [] : [Math.abs(xOf(next) - at)],
    );
    const pitch = Math.min(lane.widest + 1, ...beside);
    const width = pitch > 4 ? pitch - 1 : Math.max(1, pitch);
    return {index, left: at - width / 2, width};
  };
  if (series.length <= rowsUpTo) {
    const row = inner / Math.max(1, series.length);
    const height = Math.min(6, row > 4 ? row - 1 : row);
    return marks.map(({series: line, index}) => ({
      ...across(index),
      ...{series: line, top: lane.edge + line * row + (row - height) / 2, height},
    }));
  }
  const perIndex = new Map<number, number>();
  for (const {index} of marks) perIndex.set(index, (perIndex.get(index) ?? 0) + 1);
  return Array.from(perIndex, ([index, lines]) => {
    const height = Math.max(1, (inner * lines) / series.length);
    return {...across(index), series: -1, top: lane.edge + inner - height, height};
  });
}

/** The line in whose row a point of the lane is; -1 where lines share it. `y` in CSS pixels from the lane's top. */
export function laneLine(spec: LineSpec, y: number): number {
  const {length} = spec.series;
  if (length === 0 || length > rowsUpTo) return -1;
  const row = (laneHeight(spec) - 2 * lane.edge) / length;
  return Math.min(length - 1, Math.max(0, Math.floor((y - lane.edge) / row)));
}

/** Position of a chart's plot in its canvas; canvas pixels. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  xOf: (x: number) => number;
  /** Canvas pixels per CSS pixel. */
  ratio: number;
}

/** Draws the lane with its marks above the plot; nothing for a chart without one. */
export function paintMarks(
  context: Pen,
  spec: LineSpec,
  {theme, area}: {theme: Theme; area: PlotArea},
): void {
  const {left, top, width, xOf, ratio} = area;
  const height = laneHeight(spec) * ratio;
  if (height === 0) return;
  context.save();
  context.fillStyle = theme.raised;
  context.fillRect(left, top - height, width, height - ratio);
  if ((spec.marks ?? []).length > 0) {
    context.fillStyle = theme.inkFaint;
    context.font = chartFont(10 * ratio);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText('undef.', left - 6 * ratio, top - height / 2);
  }
  for (const mark of laneMarks(spec, x => xOf(x) / ratio)) {
    const line = spec.series[mark.series];
    context.globalAlpha = line?.emphasis === 'faint' ? 0.25 : 1;
    context.fillStyle = line?.colour ?? theme.inkFaint;
    context.fillRect(
      mark.left * ratio,
      top - height + mark.top * ratio,
      mark.width * ratio,
      mark.height * ratio,
    );
  }
  context.restore();
}
