import {arrowStep, claim} from '../../model/arrow-step.js';
import {sortChannels, type LayerChannels} from '../../model/channels.js';
import {valueInWords} from '../../model/channels-by-class.js';
import {className} from '../../model/format.js';
import {Drawer} from '../../kit/drawer.js';
import {IconButton} from '../../kit/icon-button.js';
import {LeftIcon, RightIcon} from '../../kit/icons.js';
import {channelClasses, channelEntropy, channelPictures, channelSamples} from '../../state/channel-tables.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {channelContent} from './channel-figure.js';
import {ChannelCurve} from './channel-curve.js';
import {ChannelSamples} from './channel-samples.js';
import {ClassBars} from './class-bars.js';
import * as drawerStyles from '../../kit/drawer.module.css';
import * as panelMessageStyles from '../../kit/panel-message.module.css';

/** One channel, opened: its entropy over time and by class, and what it sees in some samples. */
export function ChannelDrawer() {
  const channel = view.channel.value ?? 0;
  const loaded = channelEntropy.value.value;
  const curves = loaded?.shaped.channels.find(other => other.channel === channel);
  const order = loaded
    ? sortChannels(loaded.shaped.channels, view.sort.value).map(other => other.channel)
    : [];

  const move = (step: number): void => {
    const next = order[order.indexOf(channel) + step];
    if (next !== undefined) view.channel.value = next;
  };
  const press = (event: KeyboardEvent): void => {
    const right = arrowStep(event.key)?.right ?? 0;
    if (right === 0 || (event.target as HTMLElement).closest('select')) return;
    claim(event);
    move(right);
  };
  const at = order.indexOf(channel);
  const epoch = currentEpoch.value;
  const arrived = channelPictures.value.value;
  const isOfThis =
    arrived?.layer === loaded?.layer && arrived?.channel === channel && arrived.epoch === epoch;
  const pictures = isOfThis ? arrived : null;
  return (
    <Drawer
      isWide
      label="Channel"
      title={`${loaded?.layer ?? ''} · channel ${channel}`}
      subtitle={!loaded ? 'Loading…' : curves ? sentence(loaded.shaped, channel) : 'no such channel'}
      closeLabel="Close channel"
      onClose={() => (view.channel.value = null)}
      tools={
        <>
          <IconButton label="Previous channel" disabled={at <= 0} onClick={() => move(-1)}>
            <LeftIcon />
          </IconButton>
          <IconButton
            label="Next channel"
            disabled={at < 0 || at === order.length - 1}
            onClick={() => move(1)}
          >
            <RightIcon />
          </IconButton>
        </>
      }
      onKeyDown={press}
      content={
        loaded && curves && epoch !== null
          ? channelContent({...loaded, epoch, curves, samples: channelSamples.value.value, pictures})
          : null
      }
    >
      {loaded && curves && (
        <div class={drawerStyles.body} tabIndex={0} role="region" aria-label="The channel in detail">
          <ChannelCurve curves={curves} shaped={loaded.shaped} layer={loaded.layer} />
          <ClassBars channel={channel} />
          <ChannelSamples />
        </div>
      )}
      {loaded && !curves && (
        <p class={panelMessageStyles.root}>
          {loaded.layer} has no channel {channel}.
        </p>
      )}
    </Drawer>
  );
}

/** The value of what is open: of the class whose samples are shown, at the clock's epoch. */
function sentence({epochs}: LayerChannels, channel: number): string {
  const data = channelClasses.value;
  const epoch = currentEpoch.value;
  const epochIndex = epochs.indexOf(epoch ?? -1);
  if (!data || epochIndex < 0) return `not captured at epoch ${epoch}`;
  const shown = view.samplesOf.value;
  const value = data.at(data.classes.indexOf(shown), data.channels.indexOf(channel), epochIndex);
  const name = shown === null ? 'all classes' : `class ${className(classes.value, shown)}`;
  return `epoch ${epoch} · ${name} · ${valueInWords(value)} · n = ${value.n}`;
}
