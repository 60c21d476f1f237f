import type {ChannelEntropyRow, LayerInfo} from '../shared/index.js';
import type {Run} from '../store/index.js';
import {idleChannels} from './idle-channels.js';

/** The channels of a layer that show one and the same constant map for every sample, at one epoch. */
export interface DeadChannels {
  /** Indices, ascending. */
  channels: number[];
  /** Channels that can be judged: those with a share of constant maps. */
  judged: number;
  /** Channels that cannot: units of a dense layer (one value a map), or every map non-finite. */
  undefined: number;
  /** Fewest valid samples behind a judged channel; null where none is judged. */
  n: number | null;
}

/**
 * Dead channels of one layer at one epoch: every map constant, and the same for all samples; `idleChannels` has the rule.
 *
 * A channel whose row has a reason has no entropy, so it is not called dead: a map of one value is always constant.
 *
 * @param channelEntropy - Rows of `channel_entropy`, of any layers, epochs and classes.
 */
export async function deadChannels(
  run: Run,
  channelEntropy: readonly ChannelEntropyRow[],
  {layer, epoch}: {layer: LayerInfo; epoch: number},
): Promise<DeadChannels> {
  const rows = channelEntropy.filter(
    row => row.layer === layer.name && row.epoch === epoch && row.class === null,
  );
  const judged = rows.filter(row => row.dead !== null && row.reason === null);
  const dead = await idleChannels(run, {layer, epoch, rows: judged, least: 1});
  return {
    channels: dead.map(({channel}) => channel),
    judged: judged.length,
    undefined: rows.length - judged.length,
    n: judged.length === 0 ? null : judged.reduce((least, {n}) => Math.min(least, n), Infinity),
  };
}
