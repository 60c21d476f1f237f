import {chartFont, type Paint, type Pen} from './canvas.js';
import type {Drawing} from './drawing.js';
import type {Theme} from './palette.js';

/** Rows of dots on one shared scale, each row with the span of its dots. */
export interface DotRowsSpec {
  /** The scale's ends. */
  domain: readonly [low: number, high: number];
  unit: string;
  rows: DotRow[];
}

export interface DotRow {
  key: string;
  label: string;
  dots: Dot[];
  /** A mean with a deviation to both sides, drawn as a bar behind the dots. */
  band?: {mean: number; std: number};
  /** Text at the end of the row. */
  value: string;
}

export interface Dot {
  colour: string;
  /** Null is drawn nowhere; the row's value says why. */
  value: number | null;
  isFaint?: boolean;
}

/** Position of a value on the scale, 0..1. */
export function shareIn([low, high]: readonly [number, number], value: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}

/** The ends of a row's dots as shares of the scale; null where fewer than two have a value. */
export function spanOf({dots}: DotRow, domain: readonly [number, number]): [number, number] | null {
  const shares = dots.flatMap(dot => (dot.value === null ? [] : [shareIn(domain, dot.value)]));
  return shares.length < 2 ? null : [Math.min(...shares), Math.max(...shares)];
}

/** Height of a row, CSS pixels. */
const dotRowHeight = 24;

const labelSpace = 132;
const valueSpace = 120;

/** All rows for a picture file; the page draws them as a list of buttons. */
export function dotRowsDrawing(spec: DotRowsSpec, theme: Theme, width: number): Drawing {
  return {width, height: 24 + spec.rows.length * dotRowHeight, paint: dotRowsPaint(spec, theme)};
}

function dotRowsPaint({domain, unit, rows}: DotRowsSpec, theme: Theme): Paint {
  return (context, width) => {
    const plot = width - labelSpace - valueSpace;
    const xOf = (share: number): number => labelSpace + share * plot;
    context.font = chartFont(11);
    context.textBaseline = 'middle';
    context.fillStyle = theme.inkFaint;
    context.fillText(String(domain[0]), xOf(0), 10);
    context.textAlign = 'right';
    context.fillText(`${domain[1].toFixed(2)} ${unit}`, xOf(1), 10);
    rows.forEach((row, i) => {
      const y = 20 + (i + 0.5) * dotRowHeight;
      context.textAlign = 'left';
      context.fillStyle = theme.ink;
      context.fillText(row.label, 0, y, labelSpace - 12);
      context.textAlign = 'right';
      context.fillStyle = theme.inkSoft;
      context.fillText(row.value, width, y);
      context.fillStyle = theme.line;
      context.fillRect(xOf(0), y - 0.5, plot, 1);
      paintRow(context, row, {domain, y, xOf, theme});
    });
  };
}

function paintRow(
  context: Pen,
  row: DotRow,
  at: {domain: readonly [number, number]; y: number; xOf: (share: number) => number; theme: Theme},
): void {
  const {domain, y, xOf, theme} = at;
  const span = spanOf(row, domain);
  if (row.band) {
    const {mean, std} = row.band;
    const [left, right] = [xOf(shareIn(domain, mean - std)), xOf(shareIn(domain, mean + std))];
    context.fillStyle = theme.accentSoft;
    context.fillRect(left, y - 7, right - left, 14);
    context.fillStyle = theme.ink;
    context.fillRect(xOf(shareIn(domain, mean)) - 0.75, y - 7, 1.5, 14);
  } else if (span) {
    context.fillStyle = theme.lineStrong;
    context.fillRect(xOf(span[0]), y - 1, xOf(span[1]) - xOf(span[0]), 2);
  }
  for (const dot of row.dots) {
    if (dot.value === null) continue;
    context.globalAlpha = dot.isFaint ? 0.3 : 1;
    context.beginPath();
    context.arc(xOf(shareIn(domain, dot.value)), y, 4, 0, 2 * Math.PI);
    context.fillStyle = dot.colour;
    context.fill();
  }
  context.globalAlpha = 1;
}
