import type {Query} from '../../shared/index.js';
import type {ViewState} from './view-state.js';
import {sliceOf} from './questions.js';

/** Data of the open view that are not choices but follow from it. */
export interface Shown {
  epoch: number;
  /** The layer of the channel view, and the pair of the layer view. */
  layer: string | null;
  pair: readonly [from: string, to: string] | null;
}

/** The question that the open view answers; null where there is nothing to ask about. */
export function queryOfView(
  {tab, focusClass, channel, pair}: Pick<ViewState, 'tab' | 'focusClass' | 'channel' | 'pair'>,
  {epoch, layer, pair: layers}: Shown,
): Query | null {
  const slice = (name: string, index: number | null) =>
    sliceOf({
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
      const [from, to] = [slice(layers[0], pair?.from ?? null), slice(layers[1], pair?.to ?? null)];
      return {measure: 'C', from, to, options: {}};
    }
    case 'channels':
      return layer === null ? null : {measure: 'H', slice: slice(layer, channel), options: {}};
  }
}
