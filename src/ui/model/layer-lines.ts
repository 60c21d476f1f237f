import {filterRows, rowsOf, type LayerEntropyRow, type Table} from '../../shared/index.js';

/** One value per layer and epoch. */
export interface LayerLines {
  /** Ascending. */
  epochs: number[];
  /** Bits, one per epoch, by layer; null where undefined. */
  lines: Map<string, (number | null)[]>;
  /** The largest of all, bits; 0 where nothing is defined. */
  largest: number;
}

/** The mean intra-sample entropy of each layer over time, from its `layer_entropy` rows over all samples. */
export function layerLines(table: Table<LayerEntropyRow>): LayerLines {
  const epochs = [...new Set(table.columns.epoch.values)].sort((a, b) => a - b);
  const at = new Map(epochs.map((value, i) => [value, i]));
  const lines = new Map<string, (number | null)[]>();
  let largest = 0;
  for (const {epoch, layer, intra_mean: mean} of rowsOf(filterRows(table, {class: null}))) {
    const line = lines.get(layer) ?? epochs.map(() => null);
    lines.set(layer, line);
    if (mean === null) continue;
    line[at.get(epoch) ?? 0] = mean;
    largest = Math.max(largest, mean);
  }
  return {epochs, lines, largest};
}
