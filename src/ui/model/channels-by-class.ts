import {isDead, overall, type ChannelCurves, type ChannelLine, type LayerChannels} from './channels.js';

/** Values of one channel for one class, or for all samples, at one epoch. */
export interface ChannelValue {
  channel: number;
  /** Class index; null is all samples. */
  class: number | null;
  /** Mean intra-sample entropy, bits; null where undefined. */
  bits: number | null;
  std: number | null;
  /** Valid samples. */
  n: number;
  /** Every map holds zeros alone; see {@link isDead}. */
  isDead: boolean;
  /** Every map is constant: 0 bits, whatever the samples. */
  isConstant: boolean;
  /** Why `bits` is null. */
  reason: string | null;
}

/** The channels of a layer by class: what the circles show. */
export interface ChannelsByClass {
  epochs: number[];
  /** Null, all samples, first; then classes ascending. */
  classes: (number | null)[];
  /** Channel indices, ascending. */
  channels: number[];
  /** Largest entropy of each channel in any class at any epoch, bits; null where it never has one. */
  largest: (number | null)[];
  /** Positions of the channels by their entropy over all samples at the first epoch, largest first. */
  order: number[];
  /** The value of a channel for a class, both by position in the lists above; `epochIndex` one of `epochs`. */
  at(classPosition: number, channelPosition: number, epochIndex: number): ChannelValue;
}

/** Arranges the lines of a layer by class; a class or a channel without rows has undefined values. */
export function channelsByClass({epochs, channels}: LayerChannels): ChannelsByClass {
  const found = new Set(channels.flatMap(curves => curves.lines.map(line => line.class)));
  const classes = [...found].sort((a, b) => (a ?? -1) - (b ?? -1));
  const lines = channels.map(
    curves => new Map(curves.lines.map((line): [number | null, ChannelLine] => [line.class, line])),
  );
  return {
    epochs,
    classes,
    channels: channels.map(curves => curves.channel),
    largest: channels.map(curves => largestOf(curves.lines)),
    order: firstOrder(channels),
    at: (classPosition, channelPosition, epochIndex) => {
      const classIndex = classes[classPosition] ?? null;
      const line = lines[channelPosition]?.get(classIndex);
      const bits = line?.mean[epochIndex] ?? null;
      return {
        channel: channels[channelPosition]?.channel ?? channelPosition,
        class: classIndex,
        bits,
        std: line?.std[epochIndex] ?? null,
        n: line?.n[epochIndex] ?? 0,
        isDead: isDead(line, epochIndex),
        isConstant: line?.dead[epochIndex] === 1,
        reason: bits === null ? (line?.reason[epochIndex] ?? 'no-samples') : null,
      };
    },
  };
}

/** Every channel of one class at one epoch. */
export function valuesOf(data: ChannelsByClass, classPosition: number, epochIndex: number): ChannelValue[] {
  return data.channels.map((_, channel) => data.at(classPosition, channel, epochIndex));
}

/** How many of the values are dead, how many others have 0 bits, and how many are undefined. */
export function withoutArea(values: readonly ChannelValue[]): Record<'dead' | 'flat' | 'undefined', number> {
  return {
    dead: values.filter(value => value.isDead).length,
    flat: values.filter(value => value.bits === 0 && !value.isDead).length,
    undefined: values.filter(value => value.bits === null).length,
  };
}

const reasons: Record<string, string> = {
  'single-value': 'a map of one value has no histogram',
  'no-samples': 'the class has no sample',
  'non-finite': 'every map holds a NaN or an Infinity',
};

/** A value in words: its bits, that the channel is dead, or why it is undefined. */
export function valueInWords({bits, isDead, isConstant, reason}: ChannelValue): string {
  if (bits === null) return `undefined: ${reasons[reason ?? ''] ?? reason ?? 'not stored'}`;
  if (isDead) return 'dead: every map is zero, 0 bits';
  return `${bits.toFixed(3)} bits${isConstant ? ': every map is constant' : ''}`;
}

function firstOrder(channels: readonly ChannelCurves[]): number[] {
  const first = channels.map(curves => overall(curves)?.mean[0] ?? -1);
  return [...channels.keys()].sort((a, b) => (first[b] ?? -1) - (first[a] ?? -1) || a - b);
}

function largestOf(lines: readonly ChannelLine[]): number | null {
  let largest: number | null = null;
  for (const line of lines) {
    for (const value of line.mean) if (value !== null && value > (largest ?? -1)) largest = value;
  }
  return largest;
}
