import {shareOfZeroMaps, type ChannelEntropyRow, type LayerInfo} from '../shared/index.js';
import {holdsMaps, probeDamage, type ChannelMaps, type Run} from '../store/index.js';

/** A channel that shows nearly every sample the same constant map. */
export interface IdleChannel {
  channel: number;
  /** Share of the samples that get it, 0..1; of 1 the channel is dead. */
  share: number;
  /** Samples that this rests on. */
  n: number;
}

/**
 * The channels of a layer that show at least a share of the samples one and the same constant map.
 *
 * That a map is constant is not enough: a vector that is repeated or broadcast gives each sample constant maps, and each
 * its own. Maps of zeros alone are known from the table; of others the values are compared where they are stored, and
 * where they are not the channel is not called idle.
 *
 * @param rows - `channel_entropy` of the layer at the epoch; rows with a reason have no map to judge.
 * @param least - 0..1.
 */
export async function idleChannels(
  run: Run,
  {
    layer,
    epoch,
    rows,
    least,
  }: {layer: LayerInfo; epoch: number; rows: readonly ChannelEntropyRow[]; least: number},
): Promise<IdleChannel[]> {
  const idle: IdleChannel[] = [];
  for (const {channel, dead, zeros, n, class: label, reason} of rows) {
    if (label !== null || reason !== null || dead === null || dead < least) continue;
    const known = {channel, share: shareOfZeroMaps(dead, zeros), n};
    const judged = known.share === 1 ? known : ((await compared(run, {layer, epoch, channel})) ?? known);
    if (judged.share >= least) idle.push(judged);
  }
  return idle.sort((a, b) => a.channel - b.channel);
}

/** Null where the run holds no maps of the layer, or only damaged ones of an input, which the probe's reader tells. */
async function compared(
  run: Run,
  {layer, epoch, channel}: {layer: LayerInfo; epoch: number; channel: number},
): Promise<IdleChannel | null> {
  const isInput = layer.index < run.info.inputs;
  if (isInput ? (await probeDamage(run)) !== null : !holdsMaps(await run.manifest(epoch), layer)) return null;
  const maps = await run.activations(epoch, layer.index, {channels: [channel]});
  const {share, n} = commonConstant(maps);
  return n === 0 ? null : {channel, share, n};
}

/** Returns the share of one channel's finite maps that are the same constant, the most common one. */
export function commonConstant({maps, samples, pixels}: Pick<ChannelMaps, 'maps' | 'samples' | 'pixels'>): {
  share: number;
  n: number;
} {
  const counts = new Map<number, number>();
  let [n, most] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const map = maps.subarray(sample * pixels, (sample + 1) * pixels);
    if (!map.every(Number.isFinite)) continue;
    n++;
    const value = map[0];
    if (value === undefined || !map.every(other => other === value)) continue;
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    most = Math.max(most, count);
  }
  return {share: n === 0 ? 0 : most / n, n};
}
