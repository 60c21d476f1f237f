import {chartFont, type Paint, type Pen} from './canvas.js';
import {paintLabels} from './line-labels.js';
import {paintMarks, type PlotArea} from './line-marks.js';
import {lineRoom, pointSize, pointsUpTo, rightRoom, topRoom} from './line-options.js';
import {
  backToFront,
  isolatedPoints,
  lineStyle,
  rawStyle,
  xDomain,
  yDomainOf,
  type LineSeries,
  type LineSpec,
  type LineStyle,
  type LineValues,
} from './line-spec.js';
import {gridLines, niceStep} from './nice-step.js';
import type {Theme} from './palette.js';

/** A place on the plot, CSS pixels. */
interface Plot extends PlotArea {
  height: number;
  yOf: (y: number) => number;
}

/** A line chart for a picture file; on the page uPlot draws it. */
export function linePaint(spec: LineSpec, theme: Theme): Paint {
  return (context, width, height) => {
    const plot = plotOf(spec, width, height);
    context.font = chartFont(11);
    paintYAxis(context, spec, plot, theme);
    paintXAxis(context, spec, plot, theme);
    paintBand(context, spec, plot);
    context.lineJoin = 'round';
    for (const line of spec.series) {
      if (line.raw) strokeValues(context, line.raw, {spec, plot, style: rawStyle(line)});
    }
    for (const line of backToFront(spec.series)) paintLine(context, line, {spec, plot, theme});
    paintMarks(context, spec, {theme, area: plot});
    paintLabels(context, spec, {theme, area: plot, height: plot.height, yOf: plot.yOf});
  };
}

function plotOf(spec: LineSpec, width: number, height: number): Plot {
  const left = lineRoom.yAxis;
  const top = topRoom(spec);
  const wide = width - left - rightRoom(spec);
  const high = height - top - (spec.xLabel === null ? 4 + lineRoom.bare : 38);
  const [x0, x1] = xDomain(spec);
  const [y0, y1] = yDomainOf(spec);
  return {
    ...{left, top, width: wide, height: high, ratio: 1},
    xOf: x => left + ((x - x0) / (x1 - x0)) * wide,
    yOf: y => top + (1 - (y - y0) / (y1 - y0)) * high,
  };
}

function paintYAxis(context: Pen, spec: LineSpec, plot: Plot, theme: Theme): void {
  const [low, high] = yDomainOf(spec);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = theme.inkFaint;
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  for (const y of gridLines(low, high, niceStep(high - low, Math.max(1, plot.height / 28)))) {
    stroke(context, [plot.left, plot.yOf(y)], [plot.left + plot.width, plot.yOf(y)]);
    context.fillText(Number(y.toPrecision(3)).toString(), plot.left - 6, plot.yOf(y));
  }
}

function paintXAxis(context: Pen, spec: LineSpec, plot: Plot, theme: Theme): void {
  const [first, last] = xDomain(spec);
  const bottom = plot.top + plot.height;
  context.strokeStyle = theme.lineStrong;
  stroke(context, [plot.left, bottom], [plot.left + plot.width, bottom]);
  if (spec.xLabel === null) return;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const step = Math.max(1, niceStep(last - first, Math.max(1, plot.width / lineRoom.tick)));
  for (const x of gridLines(first, last, step)) {
    stroke(context, [plot.xOf(x), bottom], [plot.xOf(x), bottom + 4]);
    context.fillText(String(x), plot.xOf(x), bottom + 8);
  }
  context.fillText(spec.xLabel, plot.left + plot.width / 2, bottom + 23);
}

function paintBand(context: Pen, {x, band}: LineSpec, {xOf, yOf}: Plot): void {
  if (!band) return;
  const known = x.flatMap((at, i) => {
    const [lower, upper] = [band.lower[i] ?? null, band.upper[i] ?? null];
    return lower === null || upper === null ? [] : [{at, lower, upper}];
  });
  context.fillStyle = `${band.colour}26`;
  context.beginPath();
  for (const {at, upper} of known) context.lineTo(xOf(at), yOf(upper));
  for (const {at, lower} of known.toReversed()) context.lineTo(xOf(at), yOf(lower));
  context.fill();
}

function strokeValues(
  context: Pen,
  values: LineValues,
  {spec, plot, style}: {spec: LineSpec; plot: Plot; style: LineStyle},
): void {
  context.strokeStyle = style.colour;
  context.lineWidth = style.width;
  context.setLineDash(style.dash);
  context.beginPath();
  let isDown = false;
  values.forEach((value, i) => {
    if (value === undefined) return;
    if (value !== null) {
      const to: [number, number] = [plot.xOf(spec.x[i] ?? 0), plot.yOf(value)];
      if (isDown) context.lineTo(...to);
      else context.moveTo(...to);
    }
    isDown = value !== null;
  });
  context.stroke();
  context.setLineDash([]);
}

function paintLine(
  context: Pen,
  line: LineSeries,
  {spec, plot, theme}: {spec: LineSpec; plot: Plot; theme: Theme},
): void {
  const style = lineStyle(line);
  strokeValues(context, line.values, {spec, plot, style});
  const everyPoint = spec.x.length <= pointsUpTo;
  const points = everyPoint ? [...line.values.keys()] : isolatedPoints(line.values);
  context.fillStyle = line.dashed ? theme.panel : style.colour;
  context.lineWidth = 1;
  const radius = (pointSize(spec) - context.lineWidth) / 2;
  for (const i of points) {
    const value = line.values[i] ?? null;
    if (value === null) continue;
    context.beginPath();
    context.arc(plot.xOf(spec.x[i] ?? 0), plot.yOf(value), radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

function stroke(context: Pen, from: [number, number], to: [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
