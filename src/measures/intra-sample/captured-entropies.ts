import {filterRows, rowsOf, type ChannelEntropyRow, type LayerInfo, type Table} from '../../shared/index.js';
import type {Run} from '../../store/index.js';

/** The channel entropies of a layer as the capture wrote them. */
export type CapturedEntropies = (epoch: number, layer: LayerInfo) => Promise<ChannelEntropyRow[]>;

/**
 * Reads what the capture wrote. The file of an epoch holds all layers and classes, and is read once for as long as that
 * epoch is asked for.
 */
export function capturedEntropies(run: Run): CapturedEntropies {
  let read: {epoch: number; table: Promise<Table<ChannelEntropyRow> | undefined>} | undefined;
  return async (epoch, {name}) => {
    if (read?.epoch !== epoch) read = {epoch, table: run.columns('channel_entropy', epoch)};
    const captured = await read.table;
    return captured === undefined ? [] : rowsOf(filterRows(captured, {layer: name}));
  };
}
