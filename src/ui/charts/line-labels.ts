import {chartFont, type Pen} from './canvas.js';
import type {PlotArea} from './line-marks.js';
import type {LineSpec} from './line-spec.js';
import type {Theme} from './palette.js';

/** CSS pixels. */
const label = {size: 10, pitch: 11, dash: 8, widest: 150};

/** Room on the right of the plot for the names of the lines, CSS pixels; 0 for a chart that does not name them. */
export function labelRoom({series, endLabels}: LineSpec): number {
  if (!endLabels) return 0;
  const longest = Math.max(0, ...series.map(line => line.label.length));
  return Math.min(label.widest, longest * label.size * 0.58 + label.dash + 14);
}

/**
 * Places labels near what they name without overlap: in the order of the wanted heights, at least `pitch` apart, within
 * 0..height. Labels beyond what the height holds share the places at its end.
 */
export function spreadLabels(
  wanted: readonly number[],
  {height, pitch}: {height: number; pitch: number},
): number[] {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = wanted.slice();
  let least = 0;
  for (const i of order) {
    placed[i] = Math.max(least, placed[i] ?? 0);
    least = placed[i] + pitch;
  }
  let largest = height;
  for (const i of order.toReversed()) {
    placed[i] = Math.max(0, Math.min(largest, placed[i] ?? 0));
    largest = placed[i] - pitch;
  }
  return placed;
}

/** Names each line at the right end of the plot, beside its last value; nothing for a chart that does not name them. */
export function paintLabels(
  context: Pen,
  spec: LineSpec,
  {theme, area, height, yOf}: {theme: Theme; area: PlotArea; height: number; yOf: (value: number) => number},
): void {
  if (!spec.endLabels) return;
  const {left, top, width, ratio} = area;
  const ends = spec.series.flatMap(({label: name, colour, values}) => {
    const last = values.findLast(value => value !== null && value !== undefined) ?? null;
    return last === null ? [] : [{name, colour, y: yOf(last) - top}];
  });
  const heights = spreadLabels(
    ends.map(({y}) => y),
    {height, pitch: label.pitch * ratio},
  );
  const right = left + width;
  context.save();
  context.font = chartFont(label.size * ratio);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineWidth = ratio;
  ends.forEach(({name, colour, y}, i) => {
    const at = heights[i] ?? y;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(right, top + y);
    context.lineTo(right + label.dash * ratio, top + at);
    context.stroke();
    context.fillStyle = theme.inkSoft;
    context.fillText(name, right + (label.dash + 3) * ratio, top + at, (label.widest - label.dash) * ratio);
  });
  context.restore();
}
