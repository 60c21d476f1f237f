import type {ChannelEntropyRow} from '../../shared/index.js';
import type {MeasuredLayer} from '../capture/measured-layer.js';
import {channelEntropyRows, failedChannelRows} from './channel-entropy-rows.js';

/** As failures name it. */
export const TITLE = 'intra-sample entropy';

/** The rows of a layer's channels in `channel_entropy`. */
export function captureIntraSample(measured: MeasuredLayer): {channel_entropy: ChannelEntropyRow[]} {
  const {layer, shape, groups, attempts} = measured;
  const {epoch, bins, range} = measured.options;
  const key = {epoch, layer: layer.name, range};
  const failed = () =>
    groups.flatMap(group => failedChannelRows(group, {...key, channels: shape.channels, bins}));
  const rows = () => groups.flatMap(group => channelEntropyRows(measured.entropies().channels, group, key));
  return {channel_entropy: attempts.try([TITLE], rows, failed)};
}
