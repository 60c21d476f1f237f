import {findLayer} from '../../shared/layer-alias.js';
import {indicesBelow, select} from '../../shared/notation/select.js';
import type {
  ClassSelector,
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
  const at = (item: number | string): number =>
    typeof item === 'number' ? item : (findLayer(layers, item)?.index ?? -1);
  if (selector === 'all') return indicesBelow(layers.length);
  const byIndex = selector.map(item =>
    typeof item === 'object' ? {from: at(item.from), to: at(item.to), step: item.step} : at(item),
  );
  return indicesOf(byIndex, layers.length);
}

/** Indices below `count`, ascending. */
export function indicesOf(selector: IndexSelector, count: number): number[] {
  return valuesOf(selector, indicesBelow(count));
}

/** Those of `known` (ascending) that a selector names. */
export function valuesOf(selector: IndexSelector, known: readonly number[]): number[] {
  if (selector === 'all') return [...known];
  return select(selector, known, () => undefined).sort((a, b) => a - b);
}

/** Class indices, ascending. */
export function classesOf(selector: ClassSelector, classes: readonly string[]): number[] {
  if (selector === 'each') return indicesBelow(classes.length);
  const byIndex = selector.map(item => (typeof item === 'string' ? classes.indexOf(item) : item));
  return indicesOf(byIndex, classes.length);
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
