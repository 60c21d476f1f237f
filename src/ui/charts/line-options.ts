import type uPlot from 'uplot';
import type {LineSpec} from './line-spec.js';
import {isolatedPoints} from './line-spec.js';
import type {Theme} from './palette.js';

/** Up to so many epochs every point is drawn; beyond, only points that no line reaches. */
const pointsUpTo = 24;

/** Width of the y axis, CSS pixels: fixed, so that charts above one another share their x axis. */
const yAxisSize = 46;

/** Radius of a hollow mark, CSS pixels. */
const markRadius = 3;

/** Height of the lane above the plot in which they stand, CSS pixels: two rows. */
const markLane = 20;

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif';

/** Outer size in CSS pixels, and a factor for everything inside it: pictures for files are drawn larger. */
export interface LineSize {
  width: number;
  height: number;
  scale: number;
}

/** The data of a chart as uPlot takes it: x, then a list per line, then the two of the band. */
export function lineData(spec: LineSpec): uPlot.AlignedData {
  const band = spec.band ? [spec.band.upper, spec.band.lower] : [];
  return [spec.x, ...spec.series.map(line => line.values), ...band];
}

/** uPlot's options for a chart; its own cursor and legend are off, as ours span all charts. */
export function lineOptions(spec: LineSpec, theme: Theme, {width, height, scale}: LineSize): uPlot.Options {
  const first = spec.x[0] ?? 0;
  const last = spec.x.at(-1) ?? 0;
  const margin = first === last ? 1 : (last - first) * 0.02;
  const bandSeries: uPlot.Series[] = spec.band ? [hiddenSeries, hiddenSeries] : [];
  const hasMarks = spec.marks !== undefined;
  const upper = spec.series.length + 1;
  return {
    width: width * scale,
    height: height * scale,
    padding: [(hasMarks ? markLane : 8) * scale, 12 * scale, spec.xLabel === null ? 6 * scale : 0, 0],
    legend: {show: false},
    cursor: {show: false},
    scales: {
      x: {time: false, range: [first - margin, last + margin]},
      y: spec.yDomain ? {range: spec.yDomain} : {range: (_chart, low, high) => roomy(low, high)},
    },
    axes: [xAxis(spec, theme, scale), yAxis(theme, scale)],
    series: [{}, ...spec.series.map(line => lineSeries(spec, line, {theme, scale})), ...bandSeries],
    bands: spec.band ? [{series: [upper, upper + 1], fill: `${spec.band.colour}26`}] : [],
    hooks: {draw: [chart => drawMarks(chart, spec, {theme, scale})]},
  };
}

interface Look {
  theme: Theme;
  scale: number;
}

const hiddenSeries: uPlot.Series = {stroke: 'transparent', points: {show: false}};

function lineSeries(spec: LineSpec, line: LineSpec['series'][number], {theme, scale}: Look): uPlot.Series {
  const colour = line.emphasis === 'faint' ? `${line.colour}40` : line.colour;
  const everyPoint = spec.x.length <= pointsUpTo;
  return {
    stroke: colour,
    width: (line.emphasis === 'strong' ? 2.5 : 1.5) * scale,
    ...(line.dashed ? {dash: [5 * scale, 4 * scale]} : {}),
    spanGaps: false,
    points: {
      show: true,
      size: (everyPoint ? 4.5 : 4) * scale,
      width: scale,
      stroke: colour,
      fill: line.dashed ? theme.panel : colour,
      filter: everyPoint ? () => null : () => isolatedPoints(line.values),
    },
  };
}

function xAxis(spec: LineSpec, theme: Theme, scale: number): uPlot.Axis {
  const bare = spec.xLabel === null;
  return {
    stroke: theme.inkFaint,
    font: fontAt(scale),
    size: (bare ? 4 : 22) * scale,
    ...(bare ? {} : {label: spec.xLabel ?? '', labelFont: fontAt(scale), labelSize: 16 * scale, labelGap: 0}),
    gap: 4 * scale,
    space: 44 * scale,
    grid: {show: false},
    ticks: {show: !bare, stroke: theme.lineStrong, width: scale, size: 4 * scale},
    border: {show: true, stroke: theme.lineStrong, width: scale},
    incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    values: (_chart, splits) => (bare ? splits.map(() => '') : splits),
  };
}

function yAxis(theme: Theme, scale: number): uPlot.Axis {
  return {
    stroke: theme.inkFaint,
    font: fontAt(scale),
    size: yAxisSize * scale,
    gap: 6 * scale,
    space: 28 * scale,
    grid: {stroke: theme.line, width: scale},
    ticks: {show: false},
    border: {show: false},
    values: (_chart, splits) => splits.map(shortNumber),
  };
}

function fontAt(scale: number): string {
  return `${11 * scale}px ${fontFamily}`;
}

function shortNumber(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

/** The range of the lines with some room; a flat line stands in the middle. */
function roomy(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const span = high - low;
  if (span === 0) return [low - 0.5, high + 0.5];
  return [low >= 0 && low < span * 0.5 ? 0 : low - span * 0.06, high + span * 0.06];
}

/**
 * Hollow circles in the lane above the plot: those of one x stand side by side, in as many rows as their number needs,
 * so that none is taken for a value.
 */
function drawMarks(chart: uPlot, spec: LineSpec, {theme, scale}: Look): void {
  const context = chart.ctx;
  const ratio = (context.canvas.width / chart.width) * scale; // canvas pixels per CSS pixel of the design
  const pitch = (markRadius * 2 + 1.5) * ratio;
  const perRow = Math.max(1, Math.floor(chart.bbox.width / Math.max(1, spec.x.length) / pitch));
  const perIndex = new Map<number, number[]>();
  for (const {series, index} of spec.marks ?? [])
    perIndex.set(index, [...(perIndex.get(index) ?? []), series]);
  context.save();
  context.lineWidth = 1.25 * ratio;
  context.fillStyle = theme.panel;
  for (const [index, lines] of perIndex) {
    const centre = chart.valToPos(spec.x[index] ?? 0, 'x', true);
    const wide = (Math.min(perRow, lines.length) - 1) * pitch;
    const left = Math.min(
      Math.max(centre - wide / 2, chart.bbox.left),
      chart.bbox.left + chart.bbox.width - wide,
    );
    lines.forEach((series, i) => {
      const line = spec.series[series];
      if (!line) return;
      const y = chart.bbox.top - (markLane - markRadius - 2) * ratio + Math.floor(i / perRow) * pitch;
      context.beginPath();
      context.arc(left + (i % perRow) * pitch, y, markRadius * ratio, 0, 2 * Math.PI);
      context.fill();
      context.strokeStyle = line.emphasis === 'faint' ? `${line.colour}40` : line.colour;
      context.stroke();
    });
  }
  context.restore();
}
