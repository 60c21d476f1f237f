import {rowsOf, type LogsRow, type Table} from '../../shared/index.js';
import {alignToEpochs, unionOfEpochs} from './epochs.js';

/** A metric of one run and split over the epochs of the group. */
export interface LogSeries {
  run: string;
  split: 'train' | 'val';
  /** Undefined where the run has no such epoch. */
  values: (number | null | undefined)[];
}

/** One metric of all runs: a chart. */
export interface MetricGroup {
  /** `loss`, `accuracy`, or as tfjs names it. */
  metric: string;
  epochs: number[];
  series: LogSeries[];
}

/**
 * Groups the `logs` tables of several runs by metric: `acc` and `accuracy` are one metric, `val_x` is the validation
 * split of `x`. Loss comes first, accuracy second, the rest by name.
 */
export function metricGroups(runs: readonly {run: string; table: Table<LogsRow>}[]): MetricGroup[] {
  const points = runs.flatMap(({run, table}) =>
    rowsOf(table).map(row => ({run, epoch: row.epoch, value: row.value, ...splitName(row.name)})),
  );
  const metrics = [...new Set(points.map(point => point.metric))].sort(byImportance);
  return metrics.map(metric => {
    const own = points.filter(point => point.metric === metric);
    const epochs = unionOfEpochs([own.map(point => point.epoch)]);
    const series: LogSeries[] = [];
    for (const {run} of runs) {
      for (const split of ['train', 'val'] as const) {
        const line = own.filter(point => point.run === run && point.split === split);
        if (line.length === 0) continue;
        const values = alignToEpochs(
          epochs,
          line.map(point => point.epoch),
          line.map(point => point.value),
        );
        series.push({run, split, values});
      }
    }
    return {metric, epochs, series};
  });
}

function splitName(name: string): {metric: string; split: LogSeries['split']} {
  const split = name.startsWith('val_') ? 'val' : 'train';
  const base = split === 'val' ? name.slice(4) : name;
  return {metric: base === 'acc' ? 'accuracy' : base, split};
}

function byImportance(a: string, b: string): number {
  const rank = (metric: string): number => ['loss', 'accuracy', metric].indexOf(metric);
  return rank(a) - rank(b) || a.localeCompare(b);
}
