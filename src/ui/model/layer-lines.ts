import type {Columns} from '../../shared/index.js';

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
export function layerLines({rows, columns}: Columns): LayerLines {
  const [epoch, layer, mean] = [columns['epoch'] ?? [], columns['layer'] ?? [], columns['intra_mean'] ?? []];
  const epochs = [...new Set(epoch as number[])].sort((a, b) => a - b);
  const at = new Map(epochs.map((value, i) => [value, i]));
  const lines = new Map<string, (number | null)[]>();
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    if ((columns['class']?.[row] ?? null) !== null) continue;
    const name = String(layer[row]);
    const line = lines.get(name) ?? epochs.map(() => null);
    lines.set(name, line);
    const value = mean[row];
    if (typeof value !== 'number') continue;
    line[at.get(Number(epoch[row])) ?? 0] = value;
    largest = Math.max(largest, value);
  }
  return {epochs, lines, largest};
}
