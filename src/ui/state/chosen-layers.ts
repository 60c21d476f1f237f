import {computed, effect} from '@preact/signals';
import type {LayerInfo} from '../../shared/index.js';
import {comparedNames, findLayer} from '../../shared/layer-alias.js';
import {detail, layers} from './run-detail.js';
import {amend, view} from './view-state.js';

/**
 * Keeps the chosen layers where the primary run changes to one that calls its layers otherwise: the layer of the same
 * alias takes the place of each. Returns what ends it.
 */
export function followLayers(): () => void {
  let before: readonly LayerInfo[] | null = null;
  return effect(() => {
    const now = detail.value.value?.info.layers;
    if (!now) return;
    const names = before && comparedNames(before, now);
    for (const field of ['layer', 'from', 'to'] as const) {
      const name = view[field].peek();
      if (name !== null && names) amend({[field]: names.get(name) ?? name});
    }
    before = now;
  });
}

/** The layer that the channel view shows: the chosen one, else the first with maps, else the first. */
export const currentLayer = computed<LayerInfo | null>(() => {
  const found = view.layer.value === null ? undefined : findLayer(layers.value, view.layer.value);
  return found ?? layers.value.find(layer => layer.spatial.length > 0) ?? layers.value[0] ?? null;
});

/** The layer pair of the capacity heatmap: those chosen, else the first two with maps, else the first two. */
export const layerPair = computed<readonly [from: LayerInfo, to: LayerInfo] | null>(() => {
  const all = detail.value.value?.info.layers ?? [];
  const withMaps = layers.value.filter(layer => layer.spatial.length > 0);
  const [first, second] = withMaps.length >= 2 ? withMaps : layers.value.length >= 2 ? layers.value : all;
  const from = (view.from.value === null ? undefined : findLayer(all, view.from.value)) ?? first;
  const to = (view.to.value === null ? undefined : findLayer(all, view.to.value)) ?? second ?? first;
  return from && to ? [from, to] : null;
});
