import type {Query} from '../../shared/index.js';
import type {ViewState} from './view-state.js';
import {capacityQuery, entropyQuery, type Part} from '../../shared/notation/build-query.js';

/** Data of the open view that are not choices but follow from it. */
export interface Shown {
  epoch: number;
  /** The layer of the channel view, and the pair of the layer view. */
  layer: string | null;
  pair: readonly [from: string, to: string] | null;
}

/** The query that the open view answers; null where there is nothing to ask about. */
export function queryOfView(
  {tab, focusClass, channel, pair}: Pick<ViewState, 'tab' | 'focusClass' | 'channel' | 'pair'>,
  {epoch, layer, pair: layers}: Shown,
): Query | null {
  const part = (name: string, index: number | null): Part => ({
    class: focusClass,
    layers: [name],
    ...(index !== null && {channels: [index]}),
    epochs: [epoch],
  });
  switch (tab) {
    case 'performance':
      return {measure: 'H(label|y)', classes: focusClass === null ? 'each' : [focusClass], epochs: 'all'};
    case 'layers': {
      if (!layers) return null;
      return capacityQuery(part(layers[0], pair?.from ?? null), part(layers[1], pair?.to ?? null));
    }
    case 'channels':
      return layer === null ? null : entropyQuery(part(layer, channel));
  }
}
