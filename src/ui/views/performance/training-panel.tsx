import {useMemo} from 'preact/hooks';
import {tablePath} from '../../api/client.js';
import {captioned, stacked, type Drawing} from '../../charts/drawing.js';
import {LineChart} from '../../charts/line-chart.js';
import {linePaint} from '../../charts/line-paint.js';
import type {LineSpec} from '../../charts/line-spec.js';
import type {Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import {metric, plural} from '../../model/format.js';
import {smooth} from '../../model/smoothing.js';
import {tipsFrom} from '../../model/column-tips.js';
import type {TableData} from '../../model/table-text.js';
import {metricGroups, type LogSeries, type MetricGroup} from '../../model/training-logs.js';
import {Panel} from '../../kit/panel.js';
import {colourOfRun} from '../../kit/run-colour.js';
import {theme} from '../../kit/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch, runs, selectedRuns} from '../../state/runs.js';
import {logs} from '../../state/performance-tables.js';
import {view} from '../../state/view-state.js';
import {Notice} from '../notice.js';
import {runKey} from './run-legend.js';
import {smoothingNote} from './smoothing.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as chartStyles from './chart.module.css';

const chartHeight = 176;

/** Loss, accuracy and whatever else the fit logged, of every run compared. */
export function TrainingPanel() {
  const loaded = logs.value.value;
  const groups = useMemo(() => (loaded ? metricGroups(loaded) : null), [loaded]);
  const lost = groups && lostText(groups);
  const hasValidation = groups?.some(group => group.series.some(line => line.split === 'val')) ?? false;
  return (
    <Panel
      title="Training"
      id="training"
      subtitle={
        (hasValidation
          ? 'solid: training · dashed: validation'
          : 'training; the fit had no validation data') + smoothingNote()
      }
      waitsFor={logs}
      content={
        groups && {
          name: 'training',
          table: () => logTable(groups),
          source: {paths: (loaded ?? []).map(({run}) => tablePath(run, 'logs', {}))},
          facts: {runs: (loaded ?? []).map(({run}) => run), epoch: null, unit: null},
          keys: look => [runKey(look)],
          drawing: look => panelDrawing(groups, look),
        }
      }
    >
      {groups?.length === 0 && (
        <p class={panelMessageStyles.root}>Nothing is logged yet: loss appears after the first epoch.</p>
      )}
      {lost !== null && <Notice>{lost}</Notice>}
      <div class={chartStyles.row}>
        {groups?.map(group => (
          <MetricChart key={group.metric} group={group} />
        ))}
      </div>
    </Panel>
  );
}

const pictureWidth = 720;

function panelDrawing(groups: readonly MetricGroup[], look: Theme): Drawing {
  const size = {width: pictureWidth, height: chartHeight};
  const charts = groups.map(group =>
    captioned(group.metric, {...size, paint: linePaint(lineSpec(group, look), look)}, look),
  );
  return stacked(charts);
}

function MetricChart({group}: {group: MetricGroup}) {
  const look = theme.value;
  const spec = useMemo(() => lineSpec(group, look), [group, look, view.smoothing.value, selectedRuns.value]);
  return (
    <figure class={chartStyles.root}>
      <figcaption>{group.metric}</figcaption>
      <LineChart
        label={`${group.metric} over ${group.epochs.length} epochs`}
        spec={spec}
        theme={look}
        height={roomFor('training', chartHeight)}
        current={currentEpoch}
        hovered={hoveredEpoch}
        onPick={showEpoch}
        onHover={point => {
          hoveredEpoch.value = point?.x ?? null;
          tip.value = point && {
            x: point.event.clientX,
            y: point.event.clientY,
            title: `${group.metric} · epoch ${point.x}`,
            lines: group.series.map((line, index) => ({
              label: labelOf(line),
              value: metric(line.values[point.index]),
              colour: colourOf(line, look),
              strong: index === point.series,
            })),
          };
        }}
      />
    </figure>
  );
}

function lineSpec(group: MetricGroup, look: Theme): LineSpec {
  const smoothing = view.smoothing.value;
  const lost = lostPoints(group);
  return {
    x: group.epochs,
    xLabel: 'epoch',
    yLabel: group.metric,
    ...(lost.length > 0 && {marks: lost}),
    series: group.series.map(line => ({
      label: labelOf(line),
      colour: colourOf(line, look),
      dashed: line.split === 'val',
      ...(smoothing === 0
        ? {values: line.values}
        : {values: smooth(line.values, smoothing / 100), raw: line.values}),
    })),
  };
}

/** Points that were logged and are not finite. */
function lostPoints({series}: MetricGroup): {series: number; index: number}[] {
  return series.flatMap(({values}, line) =>
    [...values.keys()].filter(index => values[index] === null).map(index => ({series: line, index})),
  );
}

/** What of the logs is NaN or infinite, and from which epoch on; null where all is a number. */
function lostText(groups: readonly MetricGroup[]): string | null {
  const lost = groups.flatMap(group =>
    lostPoints(group).map(({series, index}) => {
      const line = group.series[series];
      return {name: `${group.metric} (${line ? labelOf(line) : ''})`, epoch: group.epochs[index] ?? 0};
    }),
  );
  if (lost.length === 0) return null;
  const names = [...new Set(lost.map(({name}) => name))];
  const epochs = new Set(lost.map(({epoch}) => epoch));
  return `NaN or infinite at ${plural(epochs.size, 'epoch')}, first at epoch ${Math.min(...epochs)}: ${names.join(', ')}.`;
}

function labelOf({run, split}: LogSeries): string {
  const text = split === 'val' ? 'validation' : 'training';
  if (selectedRuns.value.length < 2) return text;
  return `${runs.value?.find(other => other.id === run)?.name ?? run}, ${text}`;
}

function colourOf({run}: LogSeries, look: Theme): string {
  return colourOfRun(look, run);
}

function logTable(groups: readonly MetricGroup[]): TableData {
  return {
    columns: ['run', 'epoch', 'metric', 'split', 'value'],
    hasRuns: true,
    tips: tipsFrom('logs', {epoch: 'epoch', value: 'value'}),
    rows: groups.flatMap(({metric: name, epochs, series}) =>
      series.flatMap(({run, split, values}) =>
        epochs.map((epoch, i) => [run, epoch, name, split, values[i] ?? null]),
      ),
    ),
  };
}
