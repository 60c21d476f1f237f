import {chartFont, type Pen} from './canvas.js';
import type {Theme} from './palette.js';

/** A text below the bars. */
interface LabelledGroups {
  groups: readonly {label: string; isMarked?: boolean}[];
}

/** Below this width of a group, CSS pixels, a label that does not fit turns all of them; above, it loses its middle. */
const turnBelow = 48;

/** Turned labels: longest, and closest to one another along the axis, CSS pixels. */
const longestTurned = 84;
const turnedPitch = 16;

/** The height that the labels under the bars take, CSS pixels; `step` is the width of a group. */
export function labelRoom(context: Pen, spec: LabelledGroups, step: number): number {
  return areTurned(context, spec, step) ? 18 + longestTurned * Math.SQRT1_2 : 34;
}

/**
 * Writes the names of the groups under them: upright in at most two lines, or rotated if they are many; then as many
 * are left out as needed to avoid overlaps, but never that of a marked group.
 *
 * @param at.left - Where the first group begins.
 * @param at.top - The foot of the bars.
 */
export function paintBarLabels(
  context: Pen,
  spec: LabelledGroups,
  at: {left: number; top: number; step: number; theme: Theme},
): void {
  const {left, top, step, theme} = at;
  const turned = areTurned(context, spec, step);
  const shown = turned ? labelsThatFit(spec, step) : [...spec.groups.keys()];
  for (const group of shown) {
    const {label, isMarked} = spec.groups[group] ?? {label: ''};
    const x = left + step * (group + 0.5);
    context.fillStyle = isMarked ? theme.accent : theme.inkSoft;
    context.font = chartFont(11, isMarked ? 600 : 400);
    if (turned) {
      const room = Math.min(longestTurned, (x - 4) * Math.SQRT2);
      context.save();
      context.translate(x + 3, top + 8);
      context.rotate(-Math.PI / 4);
      context.textAlign = 'right';
      context.fillText(fit(context, label, room), 0, 0);
      context.restore();
    } else {
      context.textAlign = 'center';
      brokenLabel(context, label, step - 4).forEach((text, line) =>
        context.fillText(fit(context, text, step - 4), x, top + 11 + line * 13),
      );
    }
  }
}

/** Selects the groups whose rotated labels fit next to one another: the marked ones, then as many others as fit. */
export function labelsThatFit({groups}: LabelledGroups, step: number): number[] {
  const marked = [...groups.keys()].filter(group => groups[group]?.isMarked);
  const every = Math.max(1, Math.ceil(turnedPitch / step));
  const regular = [...groups.keys()].filter(
    group => group % every === 0 && marked.every(other => Math.abs(other - group) >= every),
  );
  return [...regular, ...marked].sort((a, b) => a - b);
}

function areTurned(context: Pen, {groups}: LabelledGroups, step: number): boolean {
  if (step >= turnBelow) return false;
  return groups.some(({label}) =>
    brokenLabel(context, label, step - 4).some(line => context.measureText(line).width > step - 4),
  );
}

/** A label in one line where that fits, else in two, broken after an underscore. */
function brokenLabel(context: Pen, label: string, width: number): string[] {
  const wide = (text: string): number => context.measureText(text).width;
  if (wide(label) <= width) return [label];
  const splits = [...label.matchAll(/_(?=.)/g)].map(({index}) => [
    label.slice(0, index + 1),
    label.slice(index + 1),
  ]);
  const widest = (lines: string[]): number => Math.max(...lines.map(wide));
  return splits.sort((x, y) => widest(x) - widest(y))[0] ?? [label];
}

/** Removes letters from the middle until a text fits: the ends distinguish layers. */
function fit(context: Pen, text: string, width: number): string {
  let shown = text;
  for (let kept = text.length - 1; kept > 2 && context.measureText(shown).width > width; kept--) {
    shown = `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
  }
  return shown;
}
