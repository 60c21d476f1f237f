import type {
  ClassEntropyQuery,
  IndexSelector,
  LayerSelector,
  MeasureQuery,
  Query,
  SampleSelector,
  Slice,
} from '../../shared/index.js';
import {classesOf, indicesOf, layersOf, measureOf, sampleClasses, slicesOf, valuesOf} from './selection.js';
import {spansOf, type Span} from './span.js';
import type {RunAxes} from './view-of-query.js';

/** The part of the hypercube that a query is of; every list ascending. */
export interface Cut {
  /** Channels in the cut by index on the L axis, null for all. Layers outside the cut are missing. */
  layers: Map<number, number[] | null>;
  /** Class indices; null where samples of all classes are taken together, or single samples. */
  classes: number[] | null;
  epochs: number[];
}

/** Returns the part of the hypercube that a query selects; a class entropy selects no layer. */
export function cutOf(query: Query, axes: RunAxes): Cut {
  const measure = measureOf(query);
  const layers = new Map<number, number[] | null>();
  for (const slice of slicesOf(measure)) {
    for (const index of layersOf(slice.layers, axes.layers)) {
      const channels = axes.layers[index]?.channels ?? 0;
      layers.set(index, slice.channels === 'all' ? null : indicesOf(slice.channels, channels));
    }
  }
  const [slice] = slicesOf(measure);
  if (slice) {
    const classes = sampleClasses(slice.samples, axes.classes);
    return {layers, classes, epochs: valuesOf(slice.epochs, axes.epochs)};
  }
  const entropy = measure as ClassEntropyQuery;
  const named = entropy.classes === 'each' ? null : classesOf(entropy.classes, axes.classes);
  return {layers, classes: named, epochs: valuesOf(entropy.epochs, axes.epochs)};
}

/** How a menu of measures names one: as the notation does, class entropies by what they are conditioned on. */
export type MeasureName = string;

/** The name of a query's measure. */
export function measureName(measure: MeasureQuery): MeasureName {
  return measure.measure === 'layer' ? measure.name : measure.measure;
}

/**
 * The same query of other layers and channels. A capacity takes the first and the last of the layers; a class
 * entropy, which has none, becomes the entropy of the slice.
 *
 * @param layers - On the L axis.
 * @param rows - Channels, of the layers that have the first of them; null is all.
 */
export function cutLayers(query: Query, axes: RunAxes, layers: Span, rows: Span | null): Query {
  const chosen = axes.layers.slice(layers.from, layers.to + 1);
  const having = rows ? chosen.filter(({channels}) => channels > rows.from) : chosen;
  if (having.length === 0) return query;
  const names = having.map(({name}) => name);
  const widest = Math.max(...having.map(({channels}) => channels));
  const channels: IndexSelector = !rows || (rows.from === 0 && rows.to >= widest - 1) ? 'all' : [item(rows)];
  return changeMeasure(query, measure => {
    if (measure.measure === 'C') {
      const [from, to] = [names[0] as string, names.at(-1) as string];
      return {
        ...measure,
        from: {...measure.from, layers: [from], channels},
        to: {...measure.to, layers: [to], channels},
      };
    }
    const selector: LayerSelector =
      having.length === axes.layers.length ? 'all' : layerItems(names, having.length === chosen.length);
    const over: SliceMeasure =
      'classes' in measure ? {measure: 'H', slice: wholeSlice(measure, axes), options: {}} : measure;
    return changeSlices(over, slice => ({...slice, layers: selector, channels}));
  });
}

/** The same query of the samples of some classes; null takes all samples together. */
export function cutClasses(query: Query, axes: RunAxes, classes: Span | null): Query {
  const all = classes !== null && classes.from === 0 && classes.to === axes.classes.length - 1;
  const labels = classes === null || all ? ('each' as const) : [item(classes)];
  return changeMeasure(query, measure => {
    if (!('classes' in measure)) {
      const samples: SampleSelector = classes === null ? 'all' : {labels};
      return changeSlices(measure, slice => ({...slice, samples}));
    }
    return {...measure, classes: labels};
  });
}

/** The same query at the captured epochs of a range; null takes all of them. */
export function cutEpochs(query: Query, axes: RunAxes, epochs: Span | null): Query {
  const all =
    epochs !== null && epochs.from <= (axes.epochs[0] ?? 0) && epochs.to >= (axes.epochs.at(-1) ?? 0);
  const selector: IndexSelector =
    epochs === null || (all && epochs.from !== epochs.to) ? 'all' : [item(epochs)];
  return changeMeasure(query, measure =>
    'classes' in measure
      ? {...measure, epochs: selector}
      : changeSlices(measure, slice => ({...slice, epochs: selector})),
  );
}

/** Another measure of the same cut, without aggregates and options: those of one measure mean nothing to another. */
export function withMeasure(query: Query, name: MeasureName, axes: RunAxes): Query {
  const measure = measureOf(query);
  if (measureName(measure) === name) return measure;
  const slice = slicesOf(measure)[0] ?? wholeSlice(measure as ClassEntropyQuery, axes);
  switch (name) {
    case 'dCNN':
      return {measure: 'dCNN', slice};
    case 'H':
    case 'Hx':
      return {measure: name, slice, options: {}};
    case 'C': {
      const chosen = layersOf(slice.layers, axes.layers).map(index => axes.layers[index]?.name ?? index);
      const of = (layer: number | string | undefined): Slice => ({...slice, layers: [layer ?? 0]});
      return {measure: 'C', from: of(chosen[0]), to: of(chosen.at(-1)), options: {}};
    }
    case 'H(label|y)':
    case 'H(y|label)': {
      if ('classes' in measure) return {...measure, measure: name};
      const classes = sampleClasses(slice.samples, axes.classes);
      const isEach = classes === null || classes.length === axes.classes.length;
      return {measure: name, classes: isEach ? 'each' : spansOf(classes).map(item), epochs: slice.epochs};
    }
    default:
      return {measure: 'layer', name, slice};
  }
}

/** Everything at the epochs of a class entropy; where those are all, at the one on the clock, as slices cost more. */
function wholeSlice({classes, epochs}: ClassEntropyQuery, {shown}: RunAxes): Slice {
  const samples: SampleSelector = classes === 'each' ? 'all' : {labels: classes};
  const at = epochs === 'all' && shown !== null ? [shown] : epochs;
  return {samples, layers: 'all', channels: 'all', epochs: at};
}

function item({from, to}: Span): number | {from: number; to: number; step: number} {
  return from === to ? from : {from, to, step: 1};
}

function layerItems(names: readonly string[], isRange: boolean): LayerSelector {
  const [first, last] = [names[0] as string, names.at(-1) as string];
  return isRange && names.length > 1 ? [{from: first, to: last, step: 1}] : names;
}

function changeMeasure(query: Query, change: (measure: MeasureQuery) => MeasureQuery): Query {
  if (!('aggregate' in query)) return change(query);
  const of = changeMeasure(query.of, change);
  // Feature maps have no aggregate.
  return 'measure' in of && of.measure === 'dCNN' ? of : {...query, of: of};
}

type SliceMeasure = Exclude<MeasureQuery, ClassEntropyQuery>;

function changeSlices(measure: SliceMeasure, change: (slice: Slice) => Slice): MeasureQuery {
  return measure.measure === 'C'
    ? {...measure, from: change(measure.from), to: change(measure.to)}
    : {...measure, slice: change(measure.slice)};
}
