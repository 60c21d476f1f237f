import type {ChannelEntropyRow} from '../../shared/index.js';
import {channelEntropy} from '../../metrics/channel-entropy.js';
import type {IntraSampleEntropy} from '../../metrics/intra-sample-entropy.js';
import type {SampleGroup} from '../capture/sample-groups.js';

/**
 * The rows of one layer in `channel_entropy` for one group of samples, one a channel. Maps of one pixel, the units of
 * a dense layer, have no intra-sample entropy: `single-value`.
 */
export function channelEntropyRows(
  intra: IntraSampleEntropy,
  {label, members}: SampleGroup,
  {epoch, layer, range}: {epoch: number; layer: string; range: string},
): ChannelEntropyRow[] {
  const {mean, std, dead, zeros, n} = channelEntropy(intra, members);
  const single = intra.pixels === 1;
  return Array.from({length: intra.channels}, (_, channel) => ({
    epoch,
    layer,
    channel,
    class: label,
    mean: single ? null : finite(mean[channel] as number),
    std: single ? null : finite(std[channel] as number),
    dead: single ? null : finite(dead[channel] as number),
    zeros: finite(zeros[channel] as number),
    n: n[channel] as number,
    range,
    bins: intra.bins,
    reason:
      members.length === 0 ? 'no-samples' : n[channel] === 0 ? 'non-finite' : single ? 'single-value' : null,
  }));
}

/** The same rows where the measure has failed. */
export function failedChannelRows(
  {label}: SampleGroup,
  {channels, bins, ...key}: {epoch: number; layer: string; range: string; channels: number; bins: number},
): ChannelEntropyRow[] {
  return Array.from({length: channels}, (_, channel) => ({
    epoch: key.epoch,
    layer: key.layer,
    channel,
    class: label,
    mean: null,
    std: null,
    dead: null,
    zeros: null,
    n: 0,
    range: key.range,
    bins,
    reason: 'failed',
  }));
}

/** Undefined is null in tables. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
