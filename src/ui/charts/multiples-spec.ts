import {chartFont, type Paint, type Pen} from './canvas.js';
import type {Theme} from './palette.js';

/** One line of a small multiple. */
export interface MultipleLine {
  colour: string;
  emphasis?: 'strong' | 'faint';
  /** One per x; null is a gap. */
  values: (number | null)[];
}

/** One small chart. */
export interface Multiple {
  key: number;
  title: string;
  /** Shown on the right of the title. */
  value: string;
  /** A word that marks the whole chart, e.g. `dead`; its lines are drawn faint. */
  flag: string | null;
  lines: MultipleLine[];
  domain: readonly [low: number, high: number];
}

/** Height of a chart without its title, CSS pixels. */
export const multipleHeight = 56;

/** Room around the lines, CSS pixels; the style sheet places the cursors by the same number. */
export const inset = {x: 4, y: 5};

/** Position of an x between the first and the last, 0..1; a single x is in the middle. */
export function shareOf(x: readonly number[], position: number): number {
  const first = x[0] ?? 0;
  const last = x.at(-1) ?? 0;
  return last > first ? (position - first) / (last - first) : 0.5;
}

/** The drawing of one small chart. */
export function multiplePaint(multiple: Multiple, x: readonly number[], theme: Theme): Paint {
  return (context, width, height) => {
    const [low, high] = multiple.domain;
    const yOf = (value: number): number => {
      const share = high > low ? (value - low) / (high - low) : 0.5;
      return height - inset.y - share * (height - 2 * inset.y);
    };
    context.lineJoin = 'round';
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    for (const value of [low, high]) {
      context.moveTo(0, Math.round(yOf(value)) + 0.5);
      context.lineTo(width, Math.round(yOf(value)) + 0.5);
    }
    context.stroke();
    paintScale(context, multiple.domain, yOf, theme);
    for (const line of [...multiple.lines].sort((a, b) => depth(a) - depth(b))) {
      context.globalAlpha = line.emphasis === 'faint' || multiple.flag !== null ? 0.3 : 1;
      context.strokeStyle = line.colour;
      context.fillStyle = line.colour;
      context.lineWidth = line.emphasis === 'strong' ? 2 : 1.25;
      paintLine(context, line.values, {
        xOf: i => inset.x + shareOf(x, x[i] ?? 0) * (width - 2 * inset.x),
        yOf,
      });
    }
    context.globalAlpha = 1;
  };
}

/** The values of the two lines of the scale, within them. */
function paintScale(
  context: Pen,
  [low, high]: Multiple['domain'],
  yOf: (value: number) => number,
  theme: Theme,
): void {
  context.font = chartFont(9);
  context.textAlign = 'left';
  context.fillStyle = theme.inkFaint;
  context.textBaseline = 'top';
  context.fillText(scaleText(high), 1, yOf(high) + 2);
  context.textBaseline = 'alphabetic';
  context.fillText(scaleText(low), 1, yOf(low) - 2);
}

function scaleText(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

/** A line with its gaps; a value between two gaps is a point. */
function paintLine(
  context: Pen,
  values: readonly (number | null)[],
  {xOf, yOf}: {xOf: (index: number) => number; yOf: (value: number) => number},
): void {
  context.beginPath();
  let isOpen = false;
  values.forEach((value, i) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    const isAlone = !isOpen && (values[i + 1] ?? null) === null;
    if (isAlone) {
      context.moveTo(xOf(i) + 2, yOf(value));
      context.arc(xOf(i), yOf(value), 2, 0, 2 * Math.PI);
    } else if (isOpen) {
      context.lineTo(xOf(i), yOf(value));
    } else {
      context.moveTo(xOf(i), yOf(value));
    }
    isOpen = true;
  });
  context.stroke();
}

function depth(line: MultipleLine): number {
  return ['faint', undefined, 'strong'].indexOf(line.emphasis);
}

/** All charts in rows of `columns`, with their titles, for a picture file. */
export function multiplesPaint(
  multiples: readonly Multiple[],
  x: readonly number[],
  {theme, columns}: {theme: Theme; columns: number},
): Paint {
  return (context, width) => {
    const cell = width / columns;
    multiples.forEach((multiple, i) => {
      context.save();
      context.translate((i % columns) * cell, Math.floor(i / columns) * (multipleHeight + 24));
      context.font = chartFont(11);
      context.textBaseline = 'top';
      context.fillStyle = theme.ink;
      context.fillText(multiple.title, 4, 4);
      context.textAlign = 'right';
      context.fillStyle = theme.inkSoft;
      context.fillText(multiple.flag ?? multiple.value, cell - 12, 4);
      context.translate(0, 18);
      multiplePaint(multiple, x, theme)(context, cell - 8, multipleHeight);
      context.restore();
    });
  };
}
