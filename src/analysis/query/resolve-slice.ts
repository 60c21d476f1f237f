import type {
  ClassSelector,
  IndexRange,
  IndexSelector,
  LayerInfo,
  LayerRange,
  LayerSelector,
  RunInfo,
  SampleSelector,
  Slice,
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
  const all = classes.map((_, index) => index);
  if (classes.length === 0)
    throw new NoSuchSlice(
      'The run has no classes: its probe has no labels, so nothing can be asked by label.',
    );
  if (selector === 'each') return all;
  const chosen = selector.flatMap(item => {
    if (typeof item === 'string') return [classByName(classes, item)];
    const found = typeof item === 'number' ? all.filter(index => index === item) : within(all, item);
    if (found.length > 0) return found;
    const wanted = typeof item === 'number' ? `class ${item}` : `class in ${rangeText(item)}`;
    throw new NoSuchSlice(`The run has no ${wanted}; its classes are 0..${classes.length - 1}.`);
  });
  return [...new Set(chosen)];
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
  const indices = selector.indices.flatMap(item => (typeof item === 'number' ? [item] : steps(item, last)));
  const outside = indices.find(index => index > last);
  if (indices.length === 0 || outside !== undefined) {
    throw new NoSuchSlice(`The probe has no sample ${outside ?? 'there'}; its samples are 0..${last}.`);
  }
  return [{label: null, indices: [...new Set(indices)].sort((a, b) => a - b)}];
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
  const found = layers.find(({name, index}) => name === nameOrIndex || index === nameOrIndex);
  if (found !== undefined) return found;
  const names = layers.map(({name}) => name);
  if (typeof nameOrIndex === 'string') {
    throw new NoSuchSlice(
      `The run has no layer ${JSON.stringify(nameOrIndex)}.${didYouMean(nameOrIndex, names)}`,
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
  const chosen = new Set<number>();
  for (const {name, channels} of layers) {
    for (const item of selector) {
      const found = typeof item === 'number' ? [item] : steps(item, channels - 1);
      if (found.length === 0 || found.some(channel => channel >= channels)) {
        const wanted = typeof item === 'number' ? item : rangeText(item);
        throw new NoSuchSlice(`Layer ${name} has no channel ${wanted}; its channels are 0..${channels - 1}.`);
      }
      for (const channel of found) chosen.add(channel);
    }
  }
  return [...chosen];
}

/** The indices of a range, which may end beyond the last there is. */
function steps({from, to, step}: IndexRange, last: number): number[] {
  const found: number[] = [];
  for (let index = from; index <= Math.min(to, last); index += step) found.push(index);
  return found;
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
