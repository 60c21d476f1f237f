import type {LayerChannels} from '../../model/channels.js';
import {tipsFrom} from '../../model/column-tips.js';
import {className} from '../../model/format.js';
import type {TableData} from '../../model/table-text.js';

const TIPS = tipsFrom('channel_entropy', {
  channel: 'channel',
  epoch: 'epoch',
  'mean, bits': 'mean',
  'std, bits': 'std',
  'constant maps': 'dead',
  n: 'n',
  reason: 'reason',
});

/** Every drawn number of a layer: one row per channel, class and epoch. */
export function channelTable({epochs, channels}: LayerChannels, names: readonly string[]): TableData {
  return {
    columns: ['channel', 'class', 'epoch', 'mean, bits', 'std, bits', 'constant maps', 'n', 'reason'],
    tips: TIPS,
    rows: channels.flatMap(({channel, lines}) =>
      lines.flatMap(line =>
        epochs.map((epoch, i) => [
          channel,
          line.class === null ? 'all' : className(names, line.class),
          epoch,
          line.mean[i] ?? null,
          line.std[i] ?? null,
          line.dead[i] ?? null,
          line.n[i] ?? null,
          line.reason[i] ?? null,
        ]),
      ),
    ),
  };
}
