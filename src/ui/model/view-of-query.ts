import type {CapacityQuery, ClassEntropyQuery, LayerInfo, Query, Slice} from '../../shared/index.js';
import {LAYER_MEASURES} from '../../shared/layer-measures.js';
import {defaultState, type ViewState} from './view-state.js';
import {classesOf, indicesOf, layersOf, measureOf, sampleClasses, slicesOf, valuesOf} from './selection.js';

/** Contents of a run, for a query on it. */
export interface RunAxes {
  /** The L axis, inputs first. */
  layers: readonly LayerInfo[];
  classes: readonly string[];
  /** Captured epochs, ascending. */
  epochs: readonly number[];
  /** The epoch on the clock; null where none is captured. */
  shown: number | null;
}

/**
 * Returns the view of a query: the tab that draws it, and in it the layer, channel, pair, class and epoch that it
 * names. Of several layers it is the first, of several epochs the last; what the query leaves open stays as it is.
 * The clock stays where the query has its epoch.
 */
export function viewOfQuery(query: Query, axes: RunAxes): Partial<ViewState> {
  const measure = measureOf(query);
  const clock = (epochs: Slice['epochs']) => clockOf(valuesOf(epochs, axes.epochs), axes.shown);
  const [slice] = slicesOf(measure);
  if (!slice) {
    const {classes, epochs} = measure as ClassEntropyQuery;
    const named = classes === 'each' ? [] : classesOf(classes, axes.classes);
    return {tab: 'performance', focusClass: only(named), ...clock(epochs)};
  }
  const classes = sampleClasses(slice.samples, axes.classes);
  const common = {focusClass: only(classes ?? []), ...clock(slice.epochs)};
  switch (measure.measure) {
    case 'C':
      return {tab: 'layers', ...pairOf(measure, axes), ...common};
    case 'Hx':
    case 'layer': {
      const layerMeasure = measure.measure === 'Hx' ? defaultState.layerMeasure : titleOf(measure.name);
      return {tab: 'performance', layerMeasure, ...layerOf(slice, axes), ...common};
    }
    case 'dCNN': {
      const channel = channelsOf(slice, axes)[0] ?? null;
      return {tab: 'channels', ...layerOf(slice, axes), channel, samplesOf: only(classes ?? []), ...common};
    }
    default: {
      const lines = classes === null ? ('all' as const) : ('classes' as const);
      const channel = only(channelsOf(slice, axes));
      return {tab: 'channels', ...layerOf(slice, axes), channel, lines, ...common};
    }
  }
}

function titleOf(name: string): string {
  return LAYER_MEASURES.find(measure => measure.name === name)?.title ?? defaultState.layerMeasure;
}

/** The pair of layers, and that of channels where each slice names one. */
function pairOf({from, to}: CapacityQuery, axes: RunAxes): Partial<ViewState> {
  const name = (slice: Slice) => axes.layers[layersOf(slice.layers, axes.layers)[0] ?? -1]?.name ?? null;
  const [a, b] = [only(channelsOf(from, axes)), only(channelsOf(to, axes))];
  const pair = a === null || b === null ? null : {from: a, to: b};
  return {from: name(from), to: name(to), pair, pins: []};
}

/** Returns the first layer that is not an input, as inputs have no view. */
function layerOf({layers}: Slice, axes: RunAxes): Partial<ViewState> {
  const chosen = layersOf(layers, axes.layers).map(index => axes.layers[index]);
  const layer = chosen.find(other => other?.className !== 'InputLayer');
  return layer ? {layer: layer.name} : {};
}

function channelsOf(slice: Slice, axes: RunAxes): number[] {
  const layer = axes.layers[layersOf(slice.layers, axes.layers)[0] ?? -1];
  return layer ? indicesOf(slice.channels, layer.channels) : [];
}

function clockOf(epochs: readonly number[], shown: number | null): Partial<ViewState> {
  const last = epochs.at(-1);
  return last === undefined || (shown !== null && epochs.includes(shown)) ? {} : {epoch: last};
}

function only(values: readonly number[]): number | null {
  return values.length === 1 ? (values[0] ?? null) : null;
}
