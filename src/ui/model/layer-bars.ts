import {deficitOf} from '../../shared/deficit.js';
import {comparedNames} from '../../shared/layer-alias.js';
import {
  filterRows,
  rowsOf,
  type LayerInfo,
  type LayerMeasure,
  type LayerRow,
  type Table,
} from '../../shared/index.js';

/** The table of a measure of whole layers in one run, with the run's L axis. */
export interface LayerValues {
  table: Table;
  layers: readonly LayerInfo[];
}

/** A measure of whole layers at one epoch, one group of bars per layer, one bar per run. */
export interface LayerBars {
  measure: LayerMeasure;
  layers: string[];
  /** Shape [layers][runs]; null where the run has no such layer at that epoch. */
  bars: (LayerRow | null)[][];
  /** Distinct sample counts among the bars, ascending: values are comparable only if there is one. */
  n: number[];
  /** Likewise k; none where the measure has no neighbours. */
  k: number[];
  /** Columns of each run that the version which wrote it did not record. */
  notRecorded: (readonly string[])[];
}

/**
 * Picks the rows over all samples at `epoch` from a measure's tables of several runs.
 *
 * Layers of the other runs are compared with those of the first by name, else by alias: tfjs counts on from one model of a
 * process to the next.
 */
export function layerBars(measure: LayerMeasure, runs: readonly LayerValues[], epoch: number): LayerBars {
  const first = runs[0]?.layers ?? [];
  const order = first.map(({name}) => name);
  const perRun = runs.map(({table, layers}) => {
    const names = comparedNames(layers, first);
    const rows = rowsOf(filterRows(table, {epoch, class: null})) as LayerRow[];
    return new Map(rows.map(row => [names.get(row.layer) ?? row.layer, row]));
  });
  const named = new Set(perRun.flatMap(rows => [...rows.keys()]));
  const layers = [
    ...order.filter(layer => named.has(layer)),
    ...[...named].filter(layer => !order.includes(layer)),
  ];
  const bars = layers.map(layer => perRun.map(rows => rows.get(layer) ?? null));
  const defined = bars.flat().filter(row => row !== null);
  return {
    measure,
    layers,
    bars,
    n: distinct(defined.map(row => row.n)),
    k: isOfNeighbours(measure) ? distinct(defined.map(row => Number(row['k']))) : [],
    notRecorded: runs.map(({table}) => (table.rows === 0 ? [measure.column] : (table.notRecorded ?? []))),
  };
}

/** Whether a measure is of a graph of k neighbours. */
export function isOfNeighbours({title}: LayerMeasure): boolean {
  return title === 'inter-sample entropy';
}

/** A number of a row; null where it is undefined, or there is no such column. */
export function numberOf(row: LayerRow | null, column: string | undefined): number | null {
  const value = column === undefined ? null : row?.[column];
  return typeof value === 'number' ? value : null;
}

/** Distance of a value from its ceiling; null where either is undefined. */
export function deficit(row: LayerRow | null, {column, ceiling}: LayerMeasure): number | null {
  return deficitOf(numberOf(row, column), numberOf(row, ceiling?.column));
}

function distinct(values: number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
