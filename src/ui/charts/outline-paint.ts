import type {Paint, Pen} from './canvas.js';
import {paintText} from './figure-text.js';
import type {LaneRow} from './lanes.js';
import type {Theme} from './palette.js';
import {fitted} from './picture-sheet.js';

/** A row of a list of layers. */
export interface OutlineEntry {
  name: string;
  detail: string;
  /** Indentation. */
  depth: number;
  /** Width of its bar as a share of the widest. */
  share: number;
  isSolid: boolean;
  lane: LaneRow | null;
  /** One per epoch; null is a gap. */
  values: readonly (number | null)[];
  /** The value beside its line. */
  value: string;
}

/** CSS pixels. */
export const outlineRow = 36;
const lanePitch = 10;
const bar = {widest: 26, least: 4, height: 12};
const spark = {width: 96, height: 24};

/** The layers of a model with the lines between them, their widths and their entropies, for a picture file. */
export function outlinePaint(
  entries: readonly OutlineEntry[],
  {lanes, top, theme}: {lanes: number; top: number; theme: Theme},
): Paint {
  const left = lanes < 2 ? 0 : lanes * lanePitch + 4;
  return (pen, width) => {
    const room = width - left - bar.widest - 12 - spark.width - 76;
    entries.forEach((entry, row) => {
      const y = row * outlineRow;
      const ink = entry.isSolid ? theme.ink : theme.inkFaint;
      if (lanes > 1 && entry.lane) paintLanes(pen, entry.lane, {y, isSolid: entry.isSolid, theme});
      pen.fillStyle = entry.isSolid ? theme.accent : theme.lineStrong;
      const wide = bar.least + entry.share * (bar.widest - bar.least);
      pen.fillRect(left, y + (outlineRow - bar.height) / 2, wide, bar.height);
      const x = left + bar.widest + 8 + entry.depth * 8;
      paintText(pen, fitted(entry.name, room, 12), {x, y: y + 4, size: 12, colour: ink});
      paintText(pen, fitted(entry.detail, room, 10), {x, y: y + 20, size: 10, colour: theme.inkFaint});
      const sparkLeft = width - spark.width - 68;
      paintSpark(pen, entry.values, {x: sparkLeft, y: y + 6, top, theme});
      paintText(pen, entry.value, {x: width - 62, y: y + 10, size: 11, colour: theme.inkSoft});
    });
  };
}

function paintLanes(
  pen: Pen,
  {lane, enters, passes, leaves}: LaneRow,
  {y, isSolid, theme}: {y: number; isSolid: boolean; theme: Theme},
): void {
  const x = (of: number): number => (of + 0.5) * lanePitch;
  const middle = y + outlineRow / 2;
  pen.strokeStyle = theme.inkFaint;
  pen.lineWidth = 1.25;
  pen.beginPath();
  const line = (fromX: number, fromY: number, toX: number, toY: number): void => {
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
  };
  for (const other of passes) line(x(other), y, x(other), y + outlineRow);
  if (lane !== null) for (const other of enters) line(x(other), y, x(lane), middle);
  if (lane !== null && leaves) line(x(lane), middle, x(lane), y + outlineRow);
  pen.stroke();
  if (lane === null) return;
  pen.beginPath();
  pen.arc(x(lane), middle, 3, 0, 2 * Math.PI);
  pen.fillStyle = isSolid ? theme.inkFaint : theme.panel;
  pen.fill();
  pen.stroke();
}

function paintSpark(
  pen: Pen,
  values: OutlineEntry['values'],
  {x, y, top, theme}: {x: number; y: number; top: number; theme: Theme},
): void {
  const xOf = (i: number): number => x + (values.length < 2 ? 0.5 : i / (values.length - 1)) * spark.width;
  const yOf = (value: number): number => y + spark.height * (1 - (top > 0 ? value / top : 0));
  pen.strokeStyle = theme.accent;
  pen.lineWidth = 1.25;
  pen.beginPath();
  values.forEach((value, i) => {
    if (value === null) return;
    if ((values[i - 1] ?? null) === null) pen.moveTo(xOf(i), yOf(value));
    else pen.lineTo(xOf(i), yOf(value));
  });
  pen.stroke();
}
