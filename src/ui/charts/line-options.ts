import type uPlot from 'uplot';
import {chartFont} from './canvas.js';
import {labelRoom, paintLabels} from './line-labels.js';
import {laneHeight, paintMarks} from './line-marks.js';
import {
  backToFront,
  isolatedPoints,
  lineStyle,
  rawStyle,
  xDomain,
  yRange,
  type LineSeries,
  type LineSpec,
} from './line-spec.js';
import type {Theme} from './palette.js';

/** Up to so many epochs every point is drawn; beyond, only points that no line reaches. */
export const pointsUpTo = 24;

/** Diameter of a point with its line, CSS pixels; a little more where every point of a line has one. */
export function pointSize({x}: LineSpec): number {
  return x.length <= pointsUpTo ? 4.5 : 4;
}

/** Room around the plot, CSS pixels: fixed, so that charts above one another share their x axis. */
export const lineRoom = {yAxis: 46, right: 12, top: 8, bare: 6, tick: 26};

/** Room above a chart's plot: its lane of marks, else enough for the topmost value; CSS pixels. */
export function topRoom(spec: LineSpec): number {
  return laneHeight(spec) || lineRoom.top;
}

/** Room on the right of a chart's plot: the names of its lines, else enough for the last point; CSS pixels. */
export function rightRoom(spec: LineSpec): number {
  return labelRoom(spec) || lineRoom.right;
}

/** The data of a chart as uPlot takes it: x, the raw values of smoothed lines, a list per line, the two of the band. */
export function lineData(spec: LineSpec): uPlot.AlignedData {
  const band = spec.band ? [spec.band.upper, spec.band.lower] : [];
  const lists = [
    ...rawLines(spec).map(line => line.raw),
    ...backToFront(spec.series).map(line => line.values),
    ...band,
  ];
  return [spec.x, ...(lists as (number | null | undefined)[][])];
}

function rawLines({series}: LineSpec): LineSeries[] {
  return backToFront(series).filter(line => line.raw !== undefined);
}

/** uPlot's options for a chart; its own cursor and legend are off, as ours span all charts. */
export function lineOptions(
  spec: LineSpec,
  theme: Theme,
  size: {width: number; height: number},
): uPlot.Options {
  const bandSeries: uPlot.Series[] = spec.band ? [hiddenSeries, hiddenSeries] : [];
  const raw = rawLines(spec);
  const upper = raw.length + spec.series.length + 1;
  return {
    ...size,
    padding: [topRoom(spec), rightRoom(spec), spec.xLabel === null ? lineRoom.bare : 0, 0],
    legend: {show: false},
    cursor: {show: false},
    scales: {
      x: {time: false, range: xDomain(spec)},
      y: {range: (_chart, low, high) => spec.yDomain ?? yRange(low, high)},
    },
    axes: [xAxis(spec, theme), yAxis(theme)],
    series: [
      {},
      ...raw.map(rawSeries),
      ...backToFront(spec.series).map(line => lineSeries(spec, line, theme)),
      ...bandSeries,
    ],
    bands: spec.band ? [{series: [upper, upper + 1], fill: `${spec.band.colour}26`}] : [],
    hooks: {draw: [chart => drawMarks(chart, spec, theme)]},
  };
}

const hiddenSeries: uPlot.Series = {stroke: 'transparent', points: {show: false}};

function rawSeries(line: LineSeries): uPlot.Series {
  const {colour, width, dash} = rawStyle(line);
  return {stroke: colour, width, dash, spanGaps: false, points: {show: false}};
}

function lineSeries(spec: LineSpec, line: LineSeries, theme: Theme): uPlot.Series {
  const {colour, width, dash} = lineStyle(line);
  const everyPoint = spec.x.length <= pointsUpTo;
  return {
    stroke: colour,
    width,
    ...(dash.length > 0 ? {dash} : {}),
    spanGaps: false,
    points: {
      show: true,
      size: pointSize(spec),
      width: 1,
      stroke: colour,
      fill: line.dashed ? theme.panel : colour,
      filter: everyPoint ? () => null : () => isolatedPoints(line.values),
    },
  };
}

function xAxis(spec: LineSpec, theme: Theme): uPlot.Axis {
  const bare = spec.xLabel === null;
  return {
    stroke: theme.inkFaint,
    font: chartFont(11),
    size: bare ? 4 : 22,
    ...(bare ? {} : {label: spec.xLabel ?? '', labelFont: chartFont(11), labelSize: 16, labelGap: 0}),
    gap: 4,
    space: lineRoom.tick,
    grid: {show: false},
    ticks: {show: !bare, stroke: theme.lineStrong, width: 1, size: 4},
    border: {show: true, stroke: theme.lineStrong, width: 1},
    incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    values: (_chart, splits) => (bare ? splits.map(() => '') : splits),
  };
}

function yAxis(theme: Theme): uPlot.Axis {
  return {
    stroke: theme.inkFaint,
    font: chartFont(11),
    size: lineRoom.yAxis,
    gap: 6,
    space: 28,
    grid: {stroke: theme.line, width: 1},
    ticks: {show: false},
    border: {show: false},
    values: (_chart, splits) => splits.map(value => Number(value.toPrecision(3)).toString()),
  };
}

function drawMarks(chart: uPlot, spec: LineSpec, theme: Theme): void {
  const {left, top, width, height} = chart.bbox;
  const ratio = chart.ctx.canvas.width / chart.width;
  const xOf = (x: number): number => chart.valToPos(x, 'x', true);
  const area = {left, top, width, xOf, ratio};
  paintMarks(chart.ctx, spec, {theme, area});
  paintLabels(chart.ctx, spec, {theme, area, height, yOf: value => chart.valToPos(value, 'y', true)});
}
