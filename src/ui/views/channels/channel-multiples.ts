import type {Multiple} from '../../charts/multiples-spec.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import {
  entropyDomain,
  isDead,
  lastValue,
  overall,
  sortChannels,
  type ChannelCurves,
  type ChannelLine,
  type LayerChannels,
} from '../../model/channels.js';
import {bits, className, percent} from '../../model/format.js';
import {primaryColour} from '../../kit/run-colour.js';
import {theme} from '../../kit/theme.js';
import {hoveredEpoch} from '../../state/clock.js';
import {classes} from '../../state/run-detail.js';
import type {ViewState} from '../../model/view-state.js';

export interface MultiplesLook {
  sort: ViewState['sort'];
  scale: ViewState['scale'];
  lines: ViewState['lines'];
  focus: number | null;
  look: Theme;
}

/** The lines that are drawn: one per class, or the one over all samples. */
export function drawnLines(curves: ChannelCurves, which: ViewState['lines']): ChannelLine[] {
  return curves.lines.filter(line => (line.class === null) === (which === 'all'));
}

/** The colour of a channel's line: its class's, or the primary run's over all samples. */
export function lineColour(line: ChannelLine, look: Theme): string {
  return line.class === null ? primaryColour(look) : classColour(look, line.class);
}

/** Draws small charts of all channels, sorted, on a common scale or each on its own scale. */
export function channelMultiples(
  shaped: LayerChannels,
  {sort, scale, lines: which, focus, look}: MultiplesLook,
): Multiple[] {
  const shared = entropyDomain(shaped.channels.flatMap(curves => drawnLines(curves, which)));
  return sortChannels(shaped.channels, sort).map(curves => {
    const lines = drawnLines(curves, which);
    const last = lastValue(overall(curves));
    return {
      key: curves.channel,
      title: String(curves.channel),
      value: last === null ? 'undefined' : last.toFixed(3),
      flag: null,
      domain: scale === 'fixed' ? shared : ownDomain(lines),
      lines: lines.map(line => ({
        colour: lineColour(line, look),
        values: line.mean,
        ...(focus === null || line.class === null
          ? {}
          : {emphasis: line.class === focus ? ('strong' as const) : ('faint' as const)}),
      })),
    };
  });
}

/** The entropy of a channel over all samples at an epoch, as its chart's head has it. */
export function valueAt(shaped: LayerChannels, channel: number, epoch: number | null): string {
  const at = epoch === null ? -1 : shaped.epochs.indexOf(epoch);
  const curves = shaped.channels.find(other => other.channel === channel);
  if (!curves || at < 0) return 'not captured';
  const value = overall(curves)?.mean[at] ?? null;
  return value === null ? 'undefined' : value.toFixed(3);
}

/** The charts as those of dead channels, made once: a chart is drawn again when it is another object. */
const marked = new WeakMap<Multiple, Multiple>();

function markedDead(multiple: Multiple): Multiple {
  const known = marked.get(multiple) ?? {...multiple, flag: 'dead'};
  marked.set(multiple, known);
  return known;
}

/** Marks the channels that are dead at an epoch; a chart whose mark stays is the same object. */
export function withDead(multiples: Multiple[], shaped: LayerChannels, epoch: number | null): Multiple[] {
  const at = epoch === null ? -1 : shaped.epochs.indexOf(epoch);
  const dead = new Set(
    shaped.channels.filter(curves => isDead(overall(curves), at)).map(({channel}) => channel),
  );
  return multiples.map(multiple => (dead.has(multiple.key) ? markedDead(multiple) : multiple));
}

/** Describes the channel, class and epoch under the pointer, and its entropy. */
export function hoverChannel(
  at: {key: number; index: number; event: PointerEvent} | null,
  shaped: LayerChannels,
  layer: string,
): void {
  const epoch = at && (shaped.epochs[at.index] ?? null);
  hoveredEpoch.value = epoch;
  const curves = shaped.channels.find(other => other.channel === at?.key);
  if (!at || !curves) {
    tip.value = null;
    return;
  }
  const all = overall(curves);
  const dead = all?.dead[at.index] ?? null;
  const ofClasses = curves.lines.filter(line => line.class !== null);
  tip.value = {
    x: at.event.clientX,
    y: at.event.clientY,
    title: `${layer} · channel ${curves.channel} · epoch ${epoch}`,
    lines: [
      {label: 'all samples', value: bits(all?.mean[at.index] ?? null), strong: true},
      {label: 'std over samples', value: bits(all?.std[at.index] ?? null)},
      {label: 'constant maps', value: dead === null ? 'undefined' : percent(dead)},
      ...ofClasses.slice(0, 12).map(line => ({
        label: className(classes.value, line.class ?? 0),
        value: bits(line.mean[at.index] ?? null),
        colour: lineColour(line, theme.value),
      })),
    ],
  };
}

function ownDomain(lines: readonly ChannelLine[]): [number, number] {
  const values = lines.flatMap(line => line.mean.filter(value => value !== null));
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
