import {comparedNames} from '../../shared/layer-alias.js';
import {filterRows, rowsOf, type LayerEntropyRow, type LayerInfo, type Table} from '../../shared/index.js';

/** Inter-sample entropies at one epoch, one group of bars per layer, one bar per run. */
export interface InterSample {
  layers: string[];
  /** Shape [layers][runs]; null where the run has no such layer at that epoch. */
  bars: (LayerEntropyRow | null)[][];
  /** Distinct sample counts and k among the bars, ascending: values are comparable only if there is one of each. */
  n: number[];
  k: number[];
  /** Columns of each run that the version which wrote it did not record. */
  notRecorded: (readonly string[])[];
}

/**
 * Picks the rows over all samples at `epoch` from the `layer_entropy` tables of several runs.
 *
 * Layers of the other runs are compared with those of the first by name, else by alias: tfjs counts on from one model of a
 * process to the next.
 *
 * @param runs - Each with its L axis.
 */
export function interSampleBars(
  runs: readonly {table: Table<LayerEntropyRow>; layers: readonly LayerInfo[]}[],
  epoch: number,
): InterSample {
  const first = runs[0]?.layers ?? [];
  const order = first.map(({name}) => name);
  const perRun = runs.map(({table, layers}) => {
    const names = comparedNames(layers, first);
    const wanted = filterRows(table, {epoch, class: null});
    return new Map(rowsOf(wanted).map(row => [names.get(row.layer) ?? row.layer, row]));
  });
  const named = new Set(perRun.flatMap(rows => [...rows.keys()]));
  const layers = [
    ...order.filter(layer => named.has(layer)),
    ...[...named].filter(layer => !order.includes(layer)),
  ];
  const bars = layers.map(layer => perRun.map(rows => rows.get(layer) ?? null));
  const defined = bars.flat().filter(row => row !== null);
  return {
    layers,
    bars,
    n: distinct(defined.map(row => row.n)),
    k: distinct(defined.map(row => row.k)),
    notRecorded: runs.map(({table}) => table.notRecorded ?? []),
  };
}

function distinct(values: number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
