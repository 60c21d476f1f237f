import {
  findLayer,
  layerAliases,
  type ClassSelector,
  type IndexRange,
  type IndexSelector,
  type LayerInfo,
  type LayerRange,
  type LayerSelector,
  type RunInfo,
  type SampleSelector,
  type Slice,
} from '../../shared/index.js';
import {indicesBelow, select} from '../../shared/notation/select.js';
import {didYouMean, nearest, NoSuchSlice} from './no-such-slice.js';

/** Samples of a slice that are measured together. */
export interface SampleSet {
  /** Class index; null where samples of all classes are in it. */
  label: number | null;
  /** Probe samples by index; null is every sample, or every one of the class. */
  indices: number[] | null;
}

/** A slice of a run that exists. */
export interface ResolvedSlice {
  sets: SampleSet[];
  layers: LayerInfo[];
  /** Channel indices, which every layer has; null is all channels of each. */
  channels: number[] | null;
  /** Captured epochs, in the order asked for. */
  epochs: number[];
}

/**
 * Finds what a slice names in a run.
 *
 * @param epochs - The run's finished epochs, ascending.
 * @throws {NoSuchSlice} naming what the run has instead.
 */
export function resolveSlice(info: RunInfo, epochs: readonly number[], slice: Slice): ResolvedSlice {
  const layers = resolveLayers(info.layers, slice.layers);
  return {
    sets: resolveSamples(info, slice.samples),
    layers,
    channels: resolveChannels(layers, slice.channels),
    epochs: resolveEpochs(epochs, slice.epochs),
  };
}

/** Epochs asked for; of a range those that were captured. */
export function resolveEpochs(captured: readonly number[], selector: IndexSelector): number[] {
  if (captured.length === 0) throw new NoSuchSlice('The run has no finished epoch yet.');
  if (selector === 'all') return [...captured];
  return select(selector, captured, item => {
    const wanted = typeof item === 'number' ? `epoch ${item}` : `epoch in ${rangeText(item)}`;
    const near = nearest(typeof item === 'number' ? item : item.to, captured);
    throw new NoSuchSlice(
      `The run has no ${wanted}; the nearest is ${near}, captured are ${list(captured)}.`,
    );
  });
}

/** Class indices asked for. */
export function resolveClasses(classes: readonly string[], selector: ClassSelector): number[] {
  if (classes.length === 0)
    throw new NoSuchSlice(
      'The run has no classes: its probe has no labels, so nothing can be asked by label.',
    );
  const last = classes.length - 1;
  if (selector === 'each') return Array.from(classes.keys());
  const byName = selector.map(item => (typeof item === 'string' ? classByName(classes, item) : item));
  return select(byName, indicesBelow(classes.length), item => {
    const wanted = typeof item === 'number' ? 'class' : 'class in';
    throw new NoSuchSlice(`The run has no ${wanted} ${itemText(item)}; its classes are 0..${last}.`);
  });
}

function classByName(classes: readonly string[], name: string): number {
  const index = classes.indexOf(name);
  if (index >= 0) return index;
  throw new NoSuchSlice(`The run has no class ${JSON.stringify(name)}.${didYouMean(name, classes)}`);
}

function resolveSamples({classes, probe}: RunInfo, selector: SampleSelector): SampleSet[] {
  if (selector === 'all') return [{label: null, indices: null}];
  if ('labels' in selector) {
    return resolveClasses(classes, selector.labels).map(label => ({label, indices: null}));
  }
  const last = probe.samples - 1;
  const indices = select(selector.indices, indicesBelow(probe.samples), item => {
    throw new NoSuchSlice(`The probe has no sample ${itemText(item)}; its samples are 0..${last}.`);
  });
  return [{label: null, indices: indices.sort((a, b) => a - b)}];
}

function resolveLayers(layers: readonly LayerInfo[], selector: LayerSelector): LayerInfo[] {
  if (selector === 'all') return [...layers];
  const byIndex = selector.map(item => {
    if (typeof item !== 'object') return layerOf(layers, item).index;
    const from = layerOf(layers, item.from).index;
    const to = layerOf(layers, item.to).index;
    if (from > to) throw new NoSuchSlice(reversed(item));
    return {from, to, step: item.step};
  });
  const found = select(byIndex, indicesBelow(layers.length), () => undefined);
  return found.map(index => layers[index] as LayerInfo);
}

function layerOf(layers: readonly LayerInfo[], nameOrIndex: string | number): LayerInfo {
  const found = findLayer(layers, nameOrIndex);
  if (found !== undefined) return found;
  const names = layers.map(({name}) => name);
  if (typeof nameOrIndex === 'string') {
    const known = [...names, ...layerAliases(layers)];
    throw new NoSuchSlice(
      `The run has no layer ${JSON.stringify(nameOrIndex)}.${didYouMean(nameOrIndex, known)}`,
    );
  }
  throw new NoSuchSlice(
    `The run has no layer ${nameOrIndex}; the last is ${layers.length - 1}, ${names.at(-1)}.`,
  );
}

function reversed({from, to}: LayerRange): string {
  return `Layer ${from} comes after ${to}; write ${to}..${from}.`;
}

/** Channels asked for; every layer must have them. */
function resolveChannels(layers: readonly LayerInfo[], selector: IndexSelector): number[] | null {
  if (selector === 'all') return null;
  const ofAll = new Set<number>();
  for (const {name, channels} of layers) {
    const forLayer = select(selector, indicesBelow(channels), item => {
      const channelsText = `its channels are 0..${channels - 1}`;
      throw new NoSuchSlice(`Layer ${name} has no channel ${itemText(item)}; ${channelsText}.`);
    });
    for (const channel of forLayer) ofAll.add(channel);
  }
  return [...ofAll];
}

function itemText(item: number | IndexRange): string {
  return typeof item === 'number' ? String(item) : rangeText(item);
}

function rangeText({from, to, step}: IndexRange): string {
  return `${from}..${to}${step === 1 ? '' : `:${step}`}`;
}

function list(values: readonly number[]): string {
  return values.length <= 12
    ? values.join(', ')
    : `${values.slice(0, 10).join(', ')}, … and ${values.at(-1)}`;
}
