import type {ChannelEntropyRow, Columns, LayerInfo} from '../../shared/index.js';
import type {Run} from '../../store/index.js';
import {rowsOf} from '../answer/columns.js';

/** The channel entropies of a layer as the capture wrote them. */
export type CapturedEntropies = (epoch: number, layer: LayerInfo) => Promise<ChannelEntropyRow[]>;

/**
 * Reads what the capture wrote. The file of an epoch holds all layers and classes, and is read once for as long as that
 * epoch is asked for.
 */
export function capturedEntropies(run: Run): CapturedEntropies {
  let read: {epoch: number; table: Promise<Columns | undefined>} | undefined;
  return async (epoch, {name}) => {
    if (read?.epoch !== epoch) read = {epoch, table: run.columns('channel_entropy', epoch)};
    const columns = await read.table;
    if (columns === undefined) return [];
    const layers = columns.columns['layer'] ?? [];
    const forLayer = layers.flatMap((layer, row) => (layer === name ? [row] : []));
    return rowsOf('channel_entropy', columns, forLayer);
  };
}
