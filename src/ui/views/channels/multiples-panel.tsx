import {useMemo} from 'preact/hooks';
import {multipleHeight, multiplesPaint, type Multiple} from '../../charts/multiples-spec.js';
import {Multiples} from '../../charts/multiples.js';
import type {Theme} from '../../charts/palette.js';
import type {LayerChannels} from '../../model/channels.js';
import {plural} from '../../model/format.js';
import {entropyText} from '../../model/query-texts.js';
import {Panel} from '../../kit/panel.js';
import {theme} from '../../kit/theme.js';
import {channelEntropy} from '../../state/channel-tables.js';
import {hoveredEpoch} from '../../state/clock.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {classKey, ClassLegend} from '../class-legend.js';
import {channelMultiples, hoverChannel, valueAt, withDead} from './channel-multiples.js';
import {channelTable} from './channel-table.js';
import {openChannel} from './open-channel.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as styles from './multiples-panel.module.css';

/** The mean intra-sample entropy of every channel of a layer over the epochs, one small chart each. */
export function MultiplesPanel() {
  const loaded = channelEntropy.value.value;
  const shaped = loaded?.shaped ?? null;
  const layer = loaded?.layer ?? '';
  const look = theme.value;
  const lines = view.lines.value;
  const drawn = (to: Theme) =>
    shaped &&
    channelMultiples(shaped, {
      ...{lines, look: to},
      ...{sort: view.sort.value, scale: view.scale.value, focus: view.focusClass.value},
    });
  const charts = useMemo(
    () => drawn(look),
    [shaped, lines, look, view.sort.value, view.scale.value, view.focusClass.value],
  );
  const epoch = currentEpoch.value;
  const multiples = useMemo(
    () => shaped && charts && withDead(charts, shaped, epoch),
    [shaped, charts, epoch],
  );
  return (
    <Panel
      title="Channels over time"
      id="channel-multiples"
      class={styles.root}
      subtitle={shaped ? subtitleOf(shaped, lines) : ''}
      waitsFor={channelEntropy}
      content={
        shaped && {
          name: `channel-entropy-${layer}`,
          table: () => channelTable(shaped, classes.value),
          source: {
            queries: [entropyText({layers: [layer], ...(lines === 'classes' && {class: 'each'})})],
          },
          measures: ['intra-sample-entropy'],
          facts: {
            runs: loaded ? [loaded.run] : [],
            ...{layers: [layer], epoch: null, n: shaped.samples, bins: shaped.bins.join(' / '), unit: 'bits'},
          },
          keys: to => [
            ...(lines === 'classes' ? [classKey(to)] : []),
            {kind: 'note', text: axesText(shaped, charts)},
          ],
          drawing: to => {
            const marked = withDead(drawn(to) ?? [], shaped, epoch).map(multiple => ({
              ...multiple,
              value: valueAt(shaped, multiple.key, epoch),
            }));
            const height = Math.ceil(marked.length / 8) * (multipleHeight + 24);
            const paint = multiplesPaint(marked, shaped.epochs, {theme: to, columns: 8});
            return {width: 1120, height, paint};
          },
        }
      }
    >
      {multiples?.length === 0 && (
        <p class={panelMessageStyles.root}>
          No channel entropy is stored for this layer. Choose another layer.
        </p>
      )}
      {shaped && multiples && (
        <>
          {lines === 'classes' && <ClassLegend />}
          <Multiples
            label={`Mean entropy of ${plural(multiples.length, 'channel')} of ${layer} over the epochs`}
            multiples={multiples}
            headOf={channel => valueAt(shaped, channel, epoch)}
            x={shaped.epochs}
            theme={look}
            selected={view.channel.value}
            current={currentEpoch}
            hovered={hoveredEpoch}
            onHover={at => hoverChannel(at, shaped, layer)}
            onPick={channel => openChannel(channel, view.samplesOf.value)}
          />
        </>
      )}
    </Panel>
  );
}

/** The axes of every small chart. */
function axesText({epochs}: LayerChannels, charts: readonly Multiple[] | null): string {
  const across = `across: epoch ${epochs[0] ?? ''} to ${epochs.at(-1) ?? ''}`;
  const [low, high] = charts?.[0]?.domain ?? [0, 0];
  if (view.scale.value === 'own') return `${across} · up: each chart on its own scale`;
  return `${across} · up: ${low.toFixed(2)} to ${high.toFixed(2)} bits`;
}

function subtitleOf(shaped: LayerChannels, lines: 'all' | 'classes'): string {
  const what = lines === 'all' ? 'all samples' : 'one line per class';
  return `${plural(shaped.channels.length, 'channel')} · mean entropy of a map, bits, over epochs ${shaped.epochs[0] ?? 0} to ${shaped.epochs.at(-1) ?? 0}; number: at the clock's · ${what}, N = ${shaped.samples} · ${ruleOf(shaped)}`;
}

/** How the entropies of a layer were made. */
export function ruleOf({bins, ranges}: LayerChannels): string {
  return `${bins.join(' / ')} bins over the range of the ${ranges.join(' / ')}`;
}
