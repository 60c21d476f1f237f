import {
  cellOf,
  type ChannelEntropyRow,
  type Column,
  type MapColumn,
  type Table,
  type TextColumn,
} from '../../shared/index.js';
import {shareOfZeroMaps} from '../../shared/zero-maps.js';

/** Mean intra-sample entropy of one channel, over all samples or one class. */
export interface ChannelLine {
  /** Class index; null is all samples. */
  class: number | null;
  /** Bits, one per epoch; null where undefined. */
  mean: (number | null)[];
  std: (number | null)[];
  /** Share of constant maps, 0..1, one per epoch. */
  dead: (number | null)[];
  /** Share of zeros among the values, 0..1, one per epoch. */
  zeros: (number | null)[];
  /** Valid samples, one per epoch; null where the epoch has no row. */
  n: (number | null)[];
  /** Why a mean is undefined, one per epoch. */
  reason: (string | null)[];
}

/** One small multiple. */
export interface ChannelCurves {
  channel: number;
  /** All samples first, then classes ascending. */
  lines: ChannelLine[];
}

/** Every channel of a layer over epochs, with how the numbers were made. */
export interface LayerChannels {
  epochs: number[];
  channels: ChannelCurves[];
  /** Distinct bin counts, range rules and reasons in the table; one of each in a run written by one fit. */
  bins: number[];
  ranges: string[];
  reasons: string[];
  /** Largest number of valid samples of a channel over all samples. */
  samples: number;
}

/** The columns of `channel_entropy` that {@link layerChannels} reads. */
export const channelColumns: readonly string[] =
  'epoch channel class mean std dead zeros n range bins reason'.split(' ');

/**
 * Shapes the rows of one layer from `channel_entropy`. Works on columns, as a wide layer with many epochs has
 * hundreds of thousands of rows.
 */
export function layerChannels({rows, columns}: Table<ChannelEntropyRow>): LayerChannels {
  const {mean, std, dead, zeros, n, reason} = columns;
  const epochs = distinctNumbers(columns.epoch);
  const at = new Map(epochs.map((epoch, i) => [epoch, i]));
  const nulls = (): null[] => epochs.map(() => null);
  const channels = new Map<number, {curves: ChannelCurves; lines: Map<number | null, ChannelLine>}>();
  let samples = 0;
  for (let row = 0; row < rows; row++) {
    const channel = columns.channel.values[row] as number;
    const classIndex = cellOf(columns.class, row);
    const i = at.get(columns.epoch.values[row] as number) ?? 0;
    let entry = channels.get(channel);
    if (!entry) {
      entry = {curves: {channel, lines: []}, lines: new Map()};
      channels.set(channel, entry);
    }
    let line = entry.lines.get(classIndex);
    if (!line) {
      line = {
        class: classIndex,
        mean: nulls(),
        std: nulls(),
        dead: nulls(),
        zeros: nulls(),
        n: nulls(),
        reason: nulls(),
      };
      entry.lines.set(classIndex, line);
    }
    line.mean[i] = cellOf(mean, row);
    line.std[i] = cellOf(std, row);
    line.dead[i] = cellOf(dead, row);
    line.zeros[i] = cellOf(zeros, row);
    line.n[i] = cellOf(n, row);
    line.reason[i] = cellOf(reason, row);
    if (classIndex === null) samples = Math.max(samples, n.values[row] as number);
  }
  for (const {curves, lines} of channels.values()) {
    curves.lines = [...lines.values()].sort((a, b) => (a.class ?? -1) - (b.class ?? -1));
  }
  return {
    epochs,
    channels: [...channels.values()].map(entry => entry.curves).sort((a, b) => a.channel - b.channel),
    bins: distinctNumbers(columns.bins),
    ranges: distinctTexts(columns.range),
    reasons: distinctTexts(reason),
    samples,
  };
}

/** The line over all samples. */
export function overall(curves: ChannelCurves): ChannelLine | null {
  return curves.lines.find(line => line.class === null) ?? null;
}

/** The value of a line at the last epoch that has one. */
export function lastValue(line: ChannelLine | null): number | null {
  return line?.mean.findLast(value => value !== null) ?? null;
}

/** From the first defined value to the last, bits. */
export function change(line: ChannelLine | null): number | null {
  const first = line?.mean.find(value => value !== null) ?? null;
  const last = lastValue(line);
  return first === null || last === null ? null : last - first;
}

/**
 * Orders channels: by index, by final entropy (largest first), or by how much they changed (largest change of either
 * sign first). Channels without a value come last, ties by index.
 */
export function sortChannels(
  channels: readonly ChannelCurves[],
  by: 'index' | 'final' | 'change',
): ChannelCurves[] {
  if (by === 'index') return [...channels].sort((a, b) => a.channel - b.channel);
  const key = (curves: ChannelCurves): number => {
    const value = by === 'final' ? lastValue(overall(curves)) : change(overall(curves));
    return value === null ? -1 : by === 'final' ? value : Math.abs(value);
  };
  return [...channels].sort((a, b) => key(b) - key(a) || a.channel - b.channel);
}

/** [0, largest mean among the drawn lines], bits, a little room above; [0, 1] where nothing is defined. */
export function entropyDomain(lines: readonly ChannelLine[]): [number, number] {
  let largest = 0;
  for (const line of lines) {
    for (const value of line.mean) if (value !== null && value > largest) largest = value;
  }
  return [0, largest === 0 ? 1 : largest * 1.05];
}

/**
 * Checks whether a channel is constant over the samples at an epoch: zeros for each of them. Where every map is another
 * constant, the findings compare the maps themselves.
 *
 * @param line - Over all samples, or those of a class.
 */
export function isDead(line: ChannelLine | null | undefined, epochIndex: number): boolean {
  return shareOfZeroMaps(line?.dead[epochIndex] ?? null, line?.zeros[epochIndex] ?? null) === 1;
}

function distinctNumbers({values}: Exclude<Column, MapColumn>): number[] {
  return [...new Set<number>(values)].sort((a, b) => a - b);
}

function distinctTexts({values, words}: TextColumn): string[] {
  return [...new Set(values)].flatMap(code => words[code] ?? []).sort();
}
