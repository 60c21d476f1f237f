import type {ChannelEntropyRow, Columns, LayerInfo} from '../../shared/index.js';
import type {Run} from '../../store/index.js';
import {rowsOf} from '../answer/columns.js';

/** The channel entropies of a layer as the capture wrote them. */
export type CapturedEntropies = (layer: LayerInfo) => Promise<ChannelEntropyRow[]>;

/**
 * Entropies that the capture wrote at one epoch. Its file holds all layers and classes, and is read once for all of them; not
 * at all where nothing is asked.
 */
export function capturedEntropies(run: Run, epoch: number): CapturedEntropies {
  let table: Promise<Columns | undefined> | undefined;
  return async ({name}) => {
    table ??= run.columns('channel_entropy', epoch);
    const columns = await table;
    if (columns === undefined) return [];
    const layers = columns.columns['layer'] ?? [];
    const forLayer = layers.flatMap((layer, row) => (layer === name ? [row] : []));
    return rowsOf('channel_entropy', columns, forLayer);
  };
}
