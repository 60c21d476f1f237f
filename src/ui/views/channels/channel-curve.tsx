import {useMemo} from 'preact/hooks';
import {LineChart} from '../../charts/line-chart.js';
import type {LineSpec} from '../../charts/line-spec.js';
import type {Theme} from '../../charts/palette.js';
import type {ChannelCurves, ChannelLine, LayerChannels} from '../../model/channels.js';
import {className} from '../../model/format.js';
import {theme} from '../../kit/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {hoverChannel, lineColour} from './channel-multiples.js';

/** One channel's entropy over the epochs, of one class or all samples, with one standard deviation on both sides. */
export function ChannelCurve({
  curves,
  shaped,
  layer,
}: {
  curves: ChannelCurves;
  shaped: LayerChannels;
  layer: string;
}) {
  const look = theme.value;
  const shown = view.samplesOf.value;
  const spec = useMemo(
    () => curveSpec(curves, {epochs: shaped.epochs, shown, look}),
    [curves, shaped, look, shown],
  );
  return (
    <LineChart
      label={`Mean entropy of channel ${curves.channel} over the epochs, bits`}
      spec={spec}
      theme={look}
      height={112}
      current={currentEpoch}
      hovered={hoveredEpoch}
      onPick={showEpoch}
      onHover={point =>
        hoverChannel(point && {key: curves.channel, index: point.index, event: point.event}, shaped, layer)
      }
    />
  );
}

/** The curve of one class, or of all samples, with its band. */
export function curveSpec(
  curves: ChannelCurves,
  {epochs, shown, look}: {epochs: number[]; shown: number | null; look: Theme},
): LineSpec {
  const line = curves.lines.find(other => other.class === shown);
  if (!line) return {x: epochs, xLabel: 'epoch', yLabel: 'bits', series: []};
  const colour = lineColour(line, look);
  return {
    x: epochs,
    xLabel: 'epoch',
    yLabel: 'bits',
    series: [
      {
        label: shown === null ? 'all samples' : className(classes.value, shown),
        colour,
        values: line.mean,
      },
    ],
    band: {colour, lower: bandOf(line, -1), upper: bandOf(line, 1)},
  };
}

function bandOf({mean, std}: ChannelLine, sign: 1 | -1): (number | null)[] {
  return mean.map((value, i) => (value === null ? null : Math.max(0, value + sign * (std[i] ?? 0))));
}
