import {meanOfDefined} from '../../../shared/mean.js';
import {shadesOf} from '../../charts/circles-shade.js';
import type {CircleGroup, CirclesSpec} from '../../charts/circles-spec.js';
import type {CirclePlace} from '../../charts/circles.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import type {ChannelsByClass, ChannelValue} from '../../model/channels-by-class.js';
import {valueInWords, valuesOf, withoutArea} from '../../model/channels-by-class.js';
import {bits, className, plural} from '../../model/format.js';
import {radiusOf, type Packing} from '../../model/packing.js';
import {tipsFrom} from '../../model/column-tips.js';
import type {TableData} from '../../model/table-text.js';

/** Entropies whose circles the key may show. */
const keyBits = [4, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];

export interface CirclesLook {
  packing: Packing;
  /** The groups shown, as positions in `data.classes`. */
  positions: readonly number[];
  epochIndex: number;
  names: readonly string[];
  look: Theme;
  focus: number | null;
  /** The opened channel. */
  channel: number | null;
}

/** The circles of a layer at one epoch: a group per class, in each of them a circle per channel. */
export function channelCircles(data: ChannelsByClass, shown: CirclesLook): CirclesSpec {
  const {packing, positions, epochIndex, names, look, focus, channel} = shown;
  const groups = positions.map(position => ({
    ...groupOf(data.classes[position] ?? null, {names, look, focus}),
    value: meanBits(valuesOf(data, position, epochIndex))?.toFixed(2) ?? 'undefined',
  }));
  const values = positions.flatMap(position => valuesOf(data, position, epochIndex));
  return {
    packing,
    groups,
    slotNames: data.channels.map(String),
    radii: Float64Array.from(values, ({bits: value}) =>
      value === null ? Number.NaN : radiusOf(value, packing),
    ),
    colours: groups.flatMap(group => shadesOf(group.colour, data.channels.length)),
    key: keyBits.map(value => ({
      radius: radiusOf(value, packing),
      label: `${value} ${value === 1 ? 'bit' : 'bits'}`,
    })),
    markedSlot: channel === null ? null : positionOrNull(data.channels.indexOf(channel)),
  };
}

/** Describes a group or a circle, with its exact value, in one line. */
export function circleInWords(
  data: ChannelsByClass,
  {group, slot}: CirclePlace,
  {positions, epochIndex, names}: Pick<CirclesLook, 'positions' | 'epochIndex' | 'names'>,
): string {
  const position = positions[group] ?? 0;
  const name = groupName(data.classes[position] ?? null, names);
  if (slot !== null) {
    const value = data.at(position, slot, epochIndex);
    return `channel ${value.channel}, ${name}: ${valueInWords(value)}, n ${value.n}`;
  }
  const values = valuesOf(data, position, epochIndex);
  const counts = withoutArea(values);
  return (
    `${name}: ${plural(values.length, 'channel')}, mean ${bits(meanBits(values))}, ` +
    `${counts.dead} dead, ${counts.flat} of 0 bits, ${counts.undefined} undefined`
  );
}

/** Shows the tooltip of a circle. */
export function tipOfCircle(
  data: ChannelsByClass,
  at: (CirclePlace & {x: number; y: number}) | null,
  {
    positions,
    epochIndex,
    names,
    layer,
  }: Pick<CirclesLook, 'positions' | 'epochIndex' | 'names'> & {layer: string},
): void {
  if (!at) {
    tip.value = null;
    return;
  }
  const position = positions[at.group] ?? 0;
  const name = groupName(data.classes[position] ?? null, names);
  const epoch = data.epochs[epochIndex];
  const {x, y} = at;
  if (at.slot === null) {
    const values = valuesOf(data, position, epochIndex);
    const counts = withoutArea(values);
    tip.value = {
      ...{x, y},
      title: `${layer} · ${name} · epoch ${epoch}`,
      lines: [
        {label: 'mean of the channels', value: bits(meanBits(values)), strong: true},
        {label: 'channels', value: String(values.length)},
        {label: 'dead', value: String(counts.dead)},
        {label: 'others of 0 bits', value: String(counts.flat)},
        {label: 'undefined', value: String(counts.undefined)},
      ],
    };
    return;
  }
  const value = data.at(position, at.slot, epochIndex);
  tip.value = {
    ...{x, y},
    title: `${layer} · channel ${value.channel} · ${name} · epoch ${epoch}`,
    lines: [
      {label: 'mean entropy', value: valueInWords(value), strong: true},
      {label: 'std over samples', value: bits(value.std)},
      {label: 'n', value: String(value.n)},
    ],
  };
}

const TIPS = tipsFrom('channel_entropy', {
  epoch: 'epoch',
  channel: 'channel',
  bits: 'mean',
  std: 'std',
  n: 'n',
  reason: 'reason',
});

/** Every circle as a row. */
export function circlesTable(data: ChannelsByClass, epochIndex: number, names: readonly string[]): TableData {
  return {
    columns: ['epoch', 'class', 'channel', 'bits', 'std', 'n', 'dead', 'reason'],
    tips: TIPS,
    rows: data.classes.flatMap((index, position) =>
      valuesOf(data, position, epochIndex).map(value => [
        data.epochs[epochIndex] ?? null,
        index === null ? 'all' : className(names, index),
        value.channel,
        value.bits,
        value.std,
        value.n,
        value.isDead ? 'dead' : null,
        value.reason,
      ]),
    ),
  };
}

/** Returns the name of a group: its class, or all samples. */
export function groupName(index: number | null, names: readonly string[]): string {
  return index === null ? 'all samples' : `class ${className(names, index)}`;
}

/** The mean of the defined entropies, bits; null where there is none. */
function meanBits(values: readonly ChannelValue[]): number | null {
  return meanOfDefined(values.map(value => value.bits));
}

function groupOf(
  index: number | null,
  {names, look, focus}: {names: readonly string[]; look: Theme; focus: number | null},
): CircleGroup {
  if (index === null) return {name: 'all', shortName: 'all', colour: look.inkFaint};
  const emphasis = focus === null ? undefined : focus === index ? 'strong' : 'faint';
  return {
    name: className(names, index),
    shortName: String(index),
    colour: classColour(look, index),
    ...(emphasis ? {emphasis} : {}),
  };
}

function positionOrNull(position: number): number | null {
  return position < 0 ? null : position;
}
