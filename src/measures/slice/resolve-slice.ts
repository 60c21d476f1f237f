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
  const chosen = selector.flatMap(item => {
    const found = typeof item === 'number' ? captured.filter(t => t === item) : within(captured, item);
    if (found.length > 0) return found;
    const wanted = typeof item === 'number' ? `epoch ${item}` : `epoch in ${rangeText(item)}`;
    const near = nearest(typeof item === 'number' ? item : item.to, captured);
    throw new NoSuchSlice(
      `The run has no ${wanted}; the nearest is ${near}, captured are ${list(captured)}.`,
    );
  });
  return [...new Set(chosen)];
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
  return chosen(
    byName,
    last,
    item =>
      `The run has no ${typeof item === 'number' ? 'class' : 'class in'} ${itemText(item)}; its classes are 0..${last}.`,
  );
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
  const indices = chosen(
    selector.indices,
    last,
    item => `The probe has no sample ${itemText(item)}; its samples are 0..${last}.`,
  );
  return [{label: null, indices: indices.sort((a, b) => a - b)}];
}

function resolveLayers(layers: readonly LayerInfo[], selector: LayerSelector): LayerInfo[] {
  if (selector === 'all') return [...layers];
  const chosen = selector.flatMap(item => {
    if (typeof item !== 'object') return [layerOf(layers, item)];
    const from = layerOf(layers, item.from).index;
    const to = layerOf(layers, item.to).index;
    if (from > to) throw new NoSuchSlice(reversed(item));
    return layers.filter(({index}) => index >= from && index <= to && (index - from) % item.step === 0);
  });
  return [...new Set(chosen)];
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
    const forLayer = chosen(
      selector,
      channels - 1,
      item => `Layer ${name} has no channel ${itemText(item)}; its channels are 0..${channels - 1}.`,
    );
    for (const channel of forLayer) ofAll.add(channel);
  }
  return [...ofAll];
}

/**
 * The indices of a selection in the order asked for, each once. What of a range lies beyond the last there is, is left
 * out, before it is gone through.
 *
 * @throws {NoSuchSlice} of an item that names none.
 */
function chosen(
  items: readonly (number | IndexRange)[],
  last: number,
  complaint: (item: number | IndexRange) => string,
): number[] {
  const found = new Set<number>();
  for (const item of items) {
    const {from, to, step} = typeof item === 'number' ? {from: item, to: item, step: 1} : item;
    if (from > last) throw new NoSuchSlice(complaint(item));
    for (let index = from; index <= Math.min(to, last) && found.size <= last; index += step) found.add(index);
  }
  return [...found];
}

function itemText(item: number | IndexRange): string {
  return typeof item === 'number' ? String(item) : rangeText(item);
}

function within(known: readonly number[], {from, to, step}: IndexRange): number[] {
  return known.filter(value => value >= from && value <= to && (value - from) % step === 0);
}

function rangeText({from, to, step}: IndexRange): string {
  return `${from}..${to}${step === 1 ? '' : `:${step}`}`;
}

function list(values: readonly number[]): string {
  return values.length <= 12
    ? values.join(', ')
    : `${values.slice(0, 10).join(', ')}, … and ${values.at(-1)}`;
}
