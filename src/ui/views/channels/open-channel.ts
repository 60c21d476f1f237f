import {maxSamples, samplesAtOnce} from '../../state/channel-tables.js';
import {view} from '../../state/view-state.js';

/** Opens a channel with samples of one class, or of all; the same one again closes it. */
export function openChannel(channel: number, classIndex: number | null): void {
  if (view.channel.value === channel && view.samplesOf.value === classIndex) {
    view.channel.value = null;
    return;
  }
  maxSamples.value = samplesAtOnce;
  view.samplesOf.value = classIndex;
  view.channel.value = channel;
}
