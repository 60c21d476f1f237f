import {chartFont, type Paint, type Pen} from './canvas.js';
import {paintBarLabels, labelRoom} from './bar-labels.js';
import {niceStep} from './nice-step.js';
import type {Theme} from './palette.js';

/** One bar; a null value is undefined and drawn as a hatched stub. */
export interface Bar {
  label: string;
  colour: string;
  value: number | null;
  /** The most that the value can be: a thin line across the bar. */
  ceiling: number | null;
}

/** Bars in groups on one scale that begins at 0. */
export interface BarSpec {
  groups: {label: string; bars: Bar[]; isMarked?: boolean}[];
  yLabel: string;
}

const margin = {left: 46, right: 12, top: 14};

/** Widest bar, CSS pixels: few bars stay slim. */
const widestBar = 44;

/** Position of each bar, CSS pixels; `group` and `bar` are its indices. */
export interface PlacedBar {
  group: number;
  bar: number;
  x: number;
  width: number;
}

/** Divides the width among groups and bars. */
export function placeBars(spec: BarSpec, width: number): PlacedBar[] {
  const inner = width - margin.left - margin.right;
  const step = inner / Math.max(1, spec.groups.length);
  return spec.groups.flatMap(({bars}, group) => {
    const each = Math.min(widestBar, (step * 0.7) / Math.max(1, bars.length));
    const start = margin.left + step * (group + 0.5) - (each * bars.length) / 2;
    return bars.map((_, bar) => ({
      group,
      bar,
      x: start + bar * each,
      width: each > 6 ? each - 2 : each * 0.8,
    }));
  });
}

/** The least width at which every bar is seen, CSS pixels. */
export function minWidth({groups}: BarSpec): number {
  const bars = Math.max(1, ...groups.map(group => group.bars.length));
  return margin.left + margin.right + groups.length * (bars * 2 + 1);
}

/** Position of a group, as CSS: as a fraction of the width inside the margins. */
export function groupBox({groups}: BarSpec, group: number): {left: string; width: string} {
  const share = `(100% - ${margin.left + margin.right}px) / ${Math.max(1, groups.length)}`;
  return {left: `calc(${margin.left}px + ${group} * ${share})`, width: `calc(${share})`};
}

/** The upper end of the scale, and the distance of its grid lines. */
export function barScale(spec: BarSpec): {top: number; step: number} {
  const values = spec.groups.flatMap(({bars}) => bars.flatMap(bar => [bar.value ?? 0, bar.ceiling ?? 0]));
  const largest = Math.max(0, ...values);
  if (largest === 0) return {top: 1, step: 0.5};
  const step = niceStep(largest, 4);
  return {top: Math.ceil((largest * 1.02) / step) * step, step};
}

/** The drawing of a bar chart. */
export function barPaint(spec: BarSpec, theme: Theme): Paint {
  return (context, width, height) => {
    const {top, step: tickStep} = barScale(spec);
    const step = (width - margin.left - margin.right) / Math.max(1, spec.groups.length);
    context.font = chartFont(11);
    const bottom = labelRoom(context, spec, step);
    const inner = height - margin.top - bottom;
    const yOf = (value: number): number => Math.round(margin.top + inner * (1 - value / top)) + 0.5;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    context.lineWidth = 1;
    for (let tick = 0; tick <= top + tickStep / 2; tick += tickStep) {
      context.strokeStyle = tick === 0 ? theme.lineStrong : theme.line;
      line(context, [margin.left, yOf(tick)], [width - margin.right, yOf(tick)]);
      context.fillStyle = theme.inkFaint;
      context.fillText(Number(tick.toPrecision(3)).toString(), margin.left - 6, yOf(tick));
    }
    for (const {group, bar, x, width: wide} of placeBars(spec, width)) {
      const drawn = spec.groups[group]?.bars[bar];
      if (drawn) paintBar(context, drawn, {x, wide, yOf, theme});
    }
    paintBarLabels(context, spec, {left: margin.left, top: height - bottom, step, theme});
  };
}

function paintBar(
  context: Pen,
  bar: Bar,
  {x, wide, yOf, theme}: {x: number; wide: number; yOf: (value: number) => number; theme: Theme},
): void {
  if (bar.value === null) {
    context.strokeStyle = theme.inkFaint;
    context.strokeRect(Math.round(x) + 0.5, yOf(0) - 8, Math.round(wide) - 1, 8);
    for (let at = 0; at + 4 < wide; at += 4) line(context, [x + at, yOf(0)], [x + at + 4, yOf(0) - 8]);
    return;
  }
  context.fillStyle = bar.colour;
  context.fillRect(x, yOf(bar.value), wide, yOf(0) - yOf(bar.value));
  if (bar.ceiling === null) return;
  context.strokeStyle = theme.ink;
  line(context, [x - 2, yOf(bar.ceiling)], [x + wide + 2, yOf(bar.ceiling)]);
}

function line(context: Pen, from: [number, number], to: [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
