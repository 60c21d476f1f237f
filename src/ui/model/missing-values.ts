import type {LayerInfo} from '../../shared/index.js';
import {findLayer} from '../../shared/layer-alias.js';
import {nearestEpoch} from './epochs.js';
import type {ViewState} from './view-state.js';

/** What a run has, for a link to name. */
export interface RunContents {
  name: string;
  /** Captured epochs, ascending. */
  epochs: readonly number[];
  /** The L axis, inputs first. */
  layers: readonly LayerInfo[];
  classes: readonly string[];
}

/** Values of a link that a run does not have. */
export interface MissingValues {
  /** A sentence part for each. */
  problems: string[];
  /** What is shown instead. */
  instead: Partial<ViewState>;
}

/**
 * Checks that what a link names is there: the epoch, layers, channels and classes of the run.
 *
 * @param shown - The layers that the link's views show, as far as they exist: those it names, or their defaults.
 */
export function missingValues(
  state: ViewState,
  run: RunContents,
  shown: {layer: LayerInfo | null; pair: readonly [from: LayerInfo, to: LayerInfo] | null},
): MissingValues {
  const problems: string[] = [];
  const instead: Partial<ViewState> = {};
  const miss = <Field extends keyof ViewState>(field: Field, value: ViewState[Field], why: string): void => {
    if (!problems.includes(why)) problems.push(why);
    instead[field] = value;
  };

  const {epoch} = state;
  if (epoch !== null && !run.epochs.includes(epoch)) {
    const nearest = nearestEpoch(run.epochs, epoch);
    miss('epoch', nearest, `${run.name} has no epoch ${epoch}, the nearest is ${nearest ?? 'none'}`);
  }
  for (const field of ['layer', 'from', 'to'] as const) {
    const name = state[field];
    if (name !== null && !findLayer(run.layers, name)) miss(field, null, `${run.name} has no layer ${name}`);
  }
  const lacksChannel = (layer: LayerInfo | null | undefined, channel: number): string | null => {
    if (!layer || channel < layer.channels) return null;
    return `${layer.name} has no channel ${channel}, it has 0..${layer.channels - 1}`;
  };
  const {channel, pair} = state;
  const noChannel = channel === null ? null : lacksChannel(shown.layer, channel);
  if (noChannel !== null) miss('channel', null, noChannel);
  const lacksPair = ({from, to}: {from: number; to: number}): string | null =>
    lacksChannel(shown.pair?.[0], from) ?? lacksChannel(shown.pair?.[1], to);
  const noPair = pair === null ? null : lacksPair(pair);
  if (noPair !== null) miss('pair', null, noPair);
  const pins = state.pins.filter(pin => lacksPair(pin) === null);
  for (const pin of state.pins) {
    const why = lacksPair(pin);
    if (why !== null) miss('pins', pins, why);
  }

  const lacksClass = (index: number): string | null => {
    if (index < run.classes.length) return null;
    if (run.classes.length === 0) return `${run.name} has no classes`;
    return `${run.name} has no class ${index}, it has 0..${run.classes.length - 1}`;
  };
  for (const field of ['focusClass', 'samplesOf', 'zoom'] as const) {
    const value = state[field];
    const why = typeof value === 'number' ? lacksClass(value) : null;
    if (why !== null) miss(field, null, why);
  }
  const compared = state.compared.filter(index => lacksClass(index) === null);
  for (const index of state.compared) {
    const why = lacksClass(index);
    if (why !== null) miss('compared', compared, why);
  }
  const {cell} = state;
  const noCell = cell === null ? null : (lacksClass(cell.label) ?? lacksClass(cell.predicted));
  if (noCell !== null) miss('cell', null, noCell);
  return {problems, instead};
}
