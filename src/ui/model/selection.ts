import {findLayer} from '../../shared/layer-alias.js';
import type {
  ClassSelector,
  IndexRange,
  IndexSelector,
  LayerInfo,
  LayerSelector,
  MeasureQuery,
  Query,
  SampleSelector,
  Slice,
} from '../../shared/index.js';

/**
 * Resolves a selector on a run, so that the page can mark it: nothing is refused here, and what the run does not have is
 * left out. The server is the one that complains.
 */

/** Places on the L axis, ascending. */
export function layersOf(selector: LayerSelector, layers: readonly LayerInfo[]): number[] {
  const all = layers.map((_, index) => index);
  if (selector === 'all') return all;
  const at = (item: number | string): number =>
    typeof item === 'number' ? item : (findLayer(layers, item)?.index ?? -1);
  return ascending(
    selector.flatMap(item =>
      typeof item === 'object'
        ? within(all, {from: at(item.from), to: at(item.to), step: item.step})
        : [at(item)],
    ),
    all,
  );
}

/** Indices below `count`, ascending. */
export function indicesOf(selector: IndexSelector, count: number): number[] {
  return valuesOf(
    selector,
    Array.from({length: count}, (_, index) => index),
  );
}

/** Those of `known` (ascending) that a selector names. */
export function valuesOf(selector: IndexSelector, known: readonly number[]): number[] {
  if (selector === 'all') return [...known];
  return ascending(
    selector.flatMap(item => (typeof item === 'object' ? within(known, item) : [item])),
    known,
  );
}

/** Class indices, ascending. */
export function classesOf(selector: ClassSelector, classes: readonly string[]): number[] {
  const all = classes.map((_, index) => index);
  if (selector === 'each') return all;
  return ascending(
    selector.flatMap(item =>
      typeof item === 'object'
        ? within(all, item)
        : [typeof item === 'number' ? item : classes.indexOf(item)],
    ),
    all,
  );
}

/** Classes of the samples; null where they are not chosen by class. */
export function sampleClasses(selector: SampleSelector, classes: readonly string[]): number[] | null {
  return selector !== 'all' && 'labels' in selector ? classesOf(selector.labels, classes) : null;
}

/** Returns the measure inside any aggregates. */
export function measureOf(query: Query): MeasureQuery {
  return 'aggregate' in query ? measureOf(query.of) : query;
}

/** The slices that a measure is of: none for class entropies, two for a capacity. */
export function slicesOf(measure: MeasureQuery): Slice[] {
  switch (measure.measure) {
    case 'C':
      return [measure.from, measure.to];
    case 'H(label|y)':
    case 'H(y|label)':
      return [];
    default:
      return [measure.slice];
  }
}

function within(known: readonly number[], {from, to, step}: IndexRange): number[] {
  return known.filter(value => value >= from && value <= to && (value - from) % step === 0);
}

function ascending(chosen: readonly number[], known: readonly number[]): number[] {
  const wanted = new Set(chosen);
  return known.filter(value => wanted.has(value));
}
