import type {RunSummary} from '../../shared/index.js';
import {nearestEpoch} from '../model/epochs.js';
import {metricGroups} from '../model/training-logs.js';
import {metric} from '../model/format.js';
import {hoveredEpoch, showEpoch} from '../state/clock.js';
import {primaryLogs} from '../state/performance-tables.js';
import {tip} from '../charts/tooltip.js';
import * as styles from './epoch-track.module.css';

/** Units of the drawing; it is stretched to the bar's width. */
const width = 1000;
const height = 40;

/** The slider: the training loss as a line, a tick per captured epoch, and a handle. */
export function EpochTrack({run, epoch}: {run: RunSummary; epoch: number}) {
  const first = Math.min(run.epochs[0] ?? 0, epoch);
  const last = run.live ? Math.max(run.plannedEpochs, run.epochs.at(-1) ?? 0) : (run.epochs.at(-1) ?? 0);
  const shareOf = (value: number): number => (last > first ? (value - first) / (last - first) : 0.5);
  const epochAt = (event: PointerEvent): number | null => {
    const {left, width: wide} = (event.currentTarget as Element).getBoundingClientRect();
    return nearestEpoch(run.epochs, first + ((event.clientX - left) / wide) * (last - first));
  };
  const loss = lossCurve(run.id);
  const hovered = hoveredEpoch.value;

  const point = (event: PointerEvent): void => {
    const at = epochAt(event);
    if (at === null) return;
    if (event.buttons === 1) showEpoch(at);
    hoveredEpoch.value = at;
    const value = loss.find(entry => entry.epoch === at)?.value;
    tip.value = {
      x: event.clientX,
      y: event.clientY - 70,
      title: `epoch ${at}`,
      lines: [{label: 'loss', value: metric(value)}],
    };
  };

  return (
    <div
      class={styles.root}
      role="slider"
      tabIndex={0}
      aria-label="Epoch"
      aria-valuemin={run.epochs[0] ?? 0}
      aria-valuemax={run.epochs.at(-1) ?? 0}
      aria-valuenow={epoch}
      aria-valuetext={`epoch ${epoch}`}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = epochAt(event);
        if (at !== null) showEpoch(at);
      }}
      onPointerMove={point}
      onPointerLeave={() => {
        hoveredEpoch.value = null;
        tip.value = null;
      }}
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <line class={styles.base} x1="0" x2={width} y1={height - 6} y2={height - 6} />
        {run.epochs.map(tick => (
          <line
            key={tick}
            class={styles.tick}
            x1={shareOf(tick) * width}
            x2={shareOf(tick) * width}
            y1={height - 9}
            y2={height - 3}
          />
        ))}
        <path class={styles.loss} d={lossPath(loss, shareOf)} />
      </svg>
      {hovered !== null && hovered !== epoch && (
        <span class={styles.hovered} style={{left: `${shareOf(hovered) * 100}%`}} />
      )}
      <span class={styles.handle} style={{left: `${shareOf(epoch) * 100}%`}} />
    </div>
  );
}

/** The loss of each epoch that logged one; null where it is not finite. */
function lossCurve(run: string): {epoch: number; value: number | null}[] {
  const table = primaryLogs.value.value;
  const group = table && metricGroups([{run, table}])[0];
  const values = group?.series[0]?.values ?? [];
  return (group?.epochs ?? []).flatMap((epoch, i) => {
    const value = values[i];
    return value === undefined ? [] : [{epoch, value}];
  });
}

/** The loss between the top of the track and its base line, with gaps where it is not finite. */
function lossPath(
  loss: readonly {epoch: number; value: number | null}[],
  shareOf: (epoch: number) => number,
): string {
  const values = loss.flatMap(entry => entry.value ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return loss
    .map(({epoch, value}, i) => {
      if (value === null) return '';
      const share = high > low ? (value - low) / (high - low) : 0.5;
      const y = height - 12 - share * (height - 18);
      return `${(loss[i - 1]?.value ?? null) === null ? 'M' : 'L'}${(shareOf(epoch) * width).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
