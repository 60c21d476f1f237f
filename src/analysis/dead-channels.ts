import type {ChannelEntropyRow} from '../shared/index.js';

/** The channels of a layer that show the same constant map for every sample, at one epoch. */
export interface DeadChannels {
  /** Indices of the channels whose every valid map is constant, ascending. */
  channels: number[];
  /** Channels that can be judged: those with a share of constant maps. */
  judged: number;
  /** Channels that cannot: units of a dense layer (one value a map), or every map non-finite. */
  undefined: number;
  /** Fewest valid samples behind a judged channel; null where none is judged. */
  n: number | null;
}

/**
 * Dead channels of one layer at one epoch: share of constant maps 1 over all samples.
 *
 * A channel whose row has a reason has no entropy, so it is not called dead: a map of one value is always constant.
 *
 * @param channelEntropy - Rows of `channel_entropy`, of any layers, epochs and classes.
 */
export function deadChannels(
  channelEntropy: readonly ChannelEntropyRow[],
  layer: string,
  epoch: number,
): DeadChannels {
  const channels: number[] = [];
  let judged = 0;
  let undefinedChannels = 0;
  let n: number | null = null;
  for (const row of channelEntropy) {
    if (row.layer !== layer || row.epoch !== epoch || row.class !== null) continue;
    if (row.dead === null || row.reason !== null) {
      undefinedChannels++;
      continue;
    }
    judged++;
    n = n === null ? row.n : Math.min(n, row.n);
    if (row.dead === 1) channels.push(row.channel);
  }
  return {channels: channels.sort((a, b) => a - b), judged, undefined: undefinedChannels, n};
}
