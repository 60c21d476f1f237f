import {rowsOf, type QueryResult, type Table} from '../../shared/index.js';
import {meanOfDefined} from '../../shared/mean.js';
import type {ChannelsByClass, ChannelValue} from './channels-by-class.js';

/** More circles side by side than this are too small to compare. */
const maxCompared = 3;

/** Classes chosen for the comparison after a click on one: between two and three, the oldest gives way. */
export function toggleCompared(chosen: readonly number[], index: number): number[] {
  if (chosen.includes(index))
    return chosen.length > 2 ? chosen.filter(other => other !== index) : [...chosen];
  return [...chosen, index].slice(-maxCompared);
}

/** One channel in the classes that are compared. */
export interface ChannelDifference {
  channel: number;
  /** One per compared class. */
  values: ChannelValue[];
  /** Largest less smallest entropy, bits; null where fewer than two of the classes have one. */
  spread: number | null;
}

/** The channels by how far apart the classes are in them, widest first; undefined ones last, ties by index. */
export function channelDifferences(
  data: ChannelsByClass,
  classPositions: readonly number[],
  epochIndex: number,
): ChannelDifference[] {
  return data.channels
    .map((channel, position) => {
      const values = classPositions.map(at => data.at(at, position, epochIndex));
      return {channel, values, spread: spreadOf(values)};
    })
    .sort((a, b) => (b.spread ?? -1) - (a.spread ?? -1) || a.channel - b.channel);
}

/** Measures how much a layer's mean entropy differs between classes. */
export interface LayerConsistency {
  layer: string;
  /** Mean over the layer's channels for each class, bits; null where undefined. */
  classes: {class: number; bits: number | null}[];
  /** Mean over the classes, and its population standard deviation; null where no class has a value. */
  mean: number | null;
  std: number | null;
}

/**
 * Reads `mean(H(dCNN(label=*, *, *, t)) over channel)`.
 *
 * @param order - Layers to keep, in the order of the result; one that the answer lacks has no values.
 */
export function layerConsistency(answer: QueryResult, order: readonly string[]): LayerConsistency[] {
  const rows = rowsOf(answer as Table as Table<{layer: string; class: number; bits: number | null}>);
  return order.map(layer => {
    const own = rows.filter(row => row.layer === layer).map(row => ({class: row.class, bits: row.bits}));
    return {layer, classes: own, ...meanAndStd(own.map(row => row.bits))};
  });
}

function spreadOf(values: readonly ChannelValue[]): number | null {
  const defined = values.map(value => value.bits).filter(value => value !== null);
  return defined.length < 2 ? null : Math.max(...defined) - Math.min(...defined);
}

function meanAndStd(values: readonly (number | null)[]): {mean: number | null; std: number | null} {
  const mean = meanOfDefined(values);
  if (mean === null) return {mean, std: null};
  const variance = meanOfDefined(values.map(value => (value === null ? null : (value - mean) ** 2)));
  return {mean, std: Math.sqrt(variance ?? 0)};
}
