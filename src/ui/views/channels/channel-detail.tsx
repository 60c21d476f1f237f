import {useMemo} from 'preact/hooks';
import {LineChart} from '../../charts/line-chart.js';
import type {LineSpec} from '../../charts/line-spec.js';
import type {Theme} from '../../charts/palette.js';
import {change, lastValue, overall, type ChannelCurves, type LayerChannels} from '../../model/channels.js';
import {bits, className} from '../../model/format.js';
import {CloseIcon} from '../../shell/icons.js';
import {theme} from '../../shell/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {currentEpoch} from '../../state/runs.js';
import {classes, currentLayer} from '../../state/tables.js';
import {view} from '../../state/view-state.js';
import {emphasisOf} from '../class-legend.js';
import {drawnLines, hoverChannel, lineColour} from './channel-multiples.js';

/** The selected channel in full size, with axes; over all samples with one standard deviation on both sides. */
export function ChannelDetail({curves, shaped}: {curves: ChannelCurves; shaped: LayerChannels}) {
  const look = theme.value;
  const focus = view.focusClass.value;
  const spec = useMemo(() => detailSpec(curves, shaped.epochs, look), [curves, shaped, look, focus]);
  const all = overall(curves);
  const changed = change(all);
  return (
    <div class="channel-detail">
      <header>
        <h3>Channel {curves.channel}</h3>
        <p>
          {bits(lastValue(all))} at the last epoch
          {changed !== null && `, ${changed >= 0 ? '+' : '−'}${Math.abs(changed).toFixed(3)} since the first`}
          {spec.band ? ' · band: one standard deviation over the samples' : ''}
        </p>
        <button
          type="button"
          class="icon-button"
          aria-label="Close channel"
          onClick={() => (view.channel.value = null)}
        >
          <CloseIcon />
        </button>
      </header>
      <LineChart
        label={`Mean entropy of channel ${curves.channel} over the epochs, bits`}
        spec={spec}
        theme={look}
        height={150}
        current={currentEpoch}
        hovered={hoveredEpoch}
        onPick={showEpoch}
        onHover={point =>
          hoverChannel(
            point && {key: curves.channel, index: point.index, event: point.event},
            shaped,
            currentLayer.value?.name ?? '',
          )
        }
      />
    </div>
  );
}

function detailSpec(curves: ChannelCurves, epochs: number[], look: Theme): LineSpec {
  const lines = drawnLines(curves);
  const single = lines.length === 1 ? lines[0] : undefined;
  return {
    x: epochs,
    xLabel: 'epoch',
    yLabel: 'bits',
    series: lines.map(line => {
      const emphasis = line.class === null ? undefined : emphasisOf(line.class);
      return {
        label: line.class === null ? 'all samples' : className(classes.value, line.class),
        colour: lineColour(line, look),
        values: line.mean,
        ...(emphasis ? {emphasis} : {}),
      };
    }),
    ...(single
      ? {
          band: {
            colour: lineColour(single, look),
            lower: single.mean.map((mean, i) =>
              mean === null ? null : Math.max(0, mean - (single.std[i] ?? 0)),
            ),
            upper: single.mean.map((mean, i) => (mean === null ? null : mean + (single.std[i] ?? 0))),
          },
        }
      : {}),
  };
}
