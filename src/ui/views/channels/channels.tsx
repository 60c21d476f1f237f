import {useMemo} from 'preact/hooks';
import {layerChannels} from '../../model/channels.js';
import {plural} from '../../model/format.js';
import {Panel} from '../../shell/panel.js';
import {pictureOf} from '../../shell/panel-export.js';
import {multipleHeight, multiplesPaint} from '../../charts/multiples-spec.js';
import {Multiples} from '../../charts/multiples.js';
import {theme} from '../../shell/theme.js';
import {hoveredEpoch} from '../../state/clock.js';
import {currentEpoch} from '../../state/runs.js';
import {channelEntropy, classes, currentLayer} from '../../state/tables.js';
import {view} from '../../state/view-state.js';
import {ClassLegend} from '../class-legend.js';
import {ChannelControls} from './channel-controls.js';
import {ChannelDetail} from './channel-detail.js';
import {channelTable} from './channel-table.js';
import {channelMultiples, hoverChannel} from './channel-multiples.js';

/** The mean intra-sample entropy of every channel of a layer, one small chart each, over the epochs. */
export function Channels() {
  const loaded = channelEntropy.value.value;
  const shaped = useMemo(() => loaded && layerChannels(loaded.table), [loaded]);
  const names = classes.value;
  const look = theme.value;
  const [sort, scale, focus, epoch] = [
    view.sort.value,
    view.scale.value,
    view.focusClass.value,
    currentEpoch.value,
  ];
  const multiples = useMemo(
    () => shaped && channelMultiples(shaped, {sort, scale, focus, epoch, look}),
    [shaped, sort, scale, focus, epoch, look],
  );
  const isUndefined = shaped !== null && shaped.reasons.includes('single-value');
  const selected = shaped?.channels.find(curves => curves.channel === view.channel.value);
  return (
    <section class="view channels" aria-label="Channels">
      <ChannelControls />
      <Panel
        title={loaded?.layer ?? currentLayer.value?.name ?? 'Channels'}
        class="channel-multiples"
        subtitle={shaped ? subtitleOf(shaped, loaded?.lines ?? 'all') : ''}
        waitsFor={channelEntropy}
        content={
          shaped &&
          multiples && {
            name: `channel-entropy-${loaded?.layer ?? ''}`,
            table: () => channelTable(shaped, names),
            picture: to => {
              const drawn = channelMultiples(shaped, {sort, scale, focus, epoch, look: to});
              const height = Math.ceil(drawn.length / 8) * (multipleHeight + 24);
              return pictureOf(multiplesPaint(drawn, shaped.epochs, {theme: to, columns: 8}), {
                width: 1120,
                height,
              });
            },
          }
        }
      >
        {isUndefined && (
          <p class="panel-message">
            The channels of {loaded?.layer} are single values, and the histogram of one value says nothing.
            Choose a layer with maps; the entropies of the whole layer are in Performance.
          </p>
        )}
        {shaped?.channels.length === 0 && (
          <p class="panel-message">No channel entropy is stored for this layer.</p>
        )}
        {shaped && multiples && !isUndefined && (
          <>
            {selected && <ChannelDetail curves={selected} shaped={shaped} />}
            {loaded?.lines === 'classes' && <ClassLegend />}
            <Multiples
              label={`Mean entropy of ${plural(multiples.length, 'channel')} of ${loaded?.layer ?? ''} over the epochs`}
              multiples={multiples}
              x={shaped.epochs}
              theme={look}
              selected={view.channel.value}
              current={currentEpoch}
              hovered={hoveredEpoch}
              onHover={at => hoverChannel(at, shaped, loaded?.layer ?? '')}
              onPick={channel => (view.channel.value = view.channel.value === channel ? null : channel)}
            />
          </>
        )}
      </Panel>
    </section>
  );
}

function subtitleOf(shaped: ReturnType<typeof layerChannels>, lines: 'all' | 'classes'): string {
  const what = lines === 'all' ? 'all samples' : 'one line per class';
  const rule = `${shaped.bins.join(' / ')} bins over the range of the ${shaped.ranges.join(' / ')}`;
  return `${plural(shaped.channels.length, 'channel')} · mean entropy of a map, bits · ${what}, N = ${shaped.samples} · ${rule}`;
}
