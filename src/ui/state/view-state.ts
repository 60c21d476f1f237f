import {signal, type Signal} from '@preact/signals';
import type {CapacityOrder} from '../model/capacity.js';

/** Everything that a link to the viewer holds: plain values, one signal each. */
export interface ViewState {
  /** Ids of the selected runs; the first is the primary run, which drives what shows one run only. */
  runs: string[];
  /** The epoch on the one clock; null follows the last captured one. */
  epoch: number | null;
  tab: 'performance' | 'layers' | 'channels';
  theme: 'system' | 'light' | 'dark';
  /** The layer in question; null is the first one that has maps. */
  layer: string | null;
  channel: number | null;
  /** The layer pair whose capacity is shown; null is the first two captured layers that have maps. */
  from: string | null;
  to: string | null;
  /** The chosen cell of the capacity heatmap. */
  pair: {from: number; to: number} | null;
  /** Cells kept to compare. */
  pins: {from: number; to: number}[];
  /** The class whose circles fill the packing; null is all of them. */
  zoom: number | 'all' | null;
  /** The class whose samples the opened channel shows; null is all classes. */
  samplesOf: number | null;
  /** The classes whose channels are compared; none: the first two. */
  compared: number[];
  /** The class marked in every view. */
  focusClass: number | null;
  /** The opened cell of the confusion matrix. */
  cell: {label: number; predicted: number} | null;
  confusion: 'counts' | 'shares';
  interSample: 'bits' | 'deficit';
  /** What the class entropies draw while runs are compared: a line per run, or the primary run's classes. */
  entropyLines: 'runs' | 'classes';
  /** How smooth lines over time are, percent, 0..`mostSmoothing`. */
  smoothing: number;
  /** What the channel charts draw: one line over all samples, or one per class. */
  lines: 'all' | 'classes';
  scale: 'fixed' | 'own';
  /** Order of the heatmap's rows, and of its columns. */
  rowOrder: CapacityOrder;
  columnOrder: CapacityOrder;
  /** One colour scale for all epochs, or each epoch its own. */
  capacityScale: 'run' | 'epoch';
  /** Capacities are compared with shuffled samples. */
  baseline: boolean;
  sort: 'index' | 'final' | 'change';
  /** The question asked, in the notation; null is none. */
  query: string | null;
  /** What stands in the expression box and is not asked; null where that is the question, or what the view shows. */
  draft: string | null;
  rail: 'open' | 'icons';
  /** Blocks of the architecture overview that are open, by the name of their first layer. */
  blocks: string[];
  /** The panel that has the view to itself. */
  full: string | null;
}

/** Above it a line hardly moves. */
export const mostSmoothing = 99;

export type ViewSignals = {[Field in keyof ViewState]: Signal<ViewState[Field]>};

/** What a bare address shows. */
export const defaultState: Readonly<ViewState> = {
  runs: [],
  epoch: null,
  tab: 'performance',
  theme: 'system',
  layer: null,
  channel: null,
  from: null,
  to: null,
  pair: null,
  pins: [],
  zoom: null,
  samplesOf: null,
  compared: [],
  focusClass: null,
  cell: null,
  confusion: 'counts',
  interSample: 'bits',
  entropyLines: 'runs',
  smoothing: 0,
  lines: 'all',
  scale: 'fixed',
  rowOrder: 'natural',
  columnOrder: 'natural',
  capacityScale: 'run',
  baseline: false,
  sort: 'index',
  query: null,
  draft: null,
  rail: 'open',
  blocks: [],
  full: null,
};

/** The one state of the page. */
export const view: ViewSignals = {
  runs: signal(defaultState.runs),
  epoch: signal(defaultState.epoch),
  tab: signal(defaultState.tab),
  theme: signal(defaultState.theme),
  layer: signal(defaultState.layer),
  channel: signal(defaultState.channel),
  from: signal(defaultState.from),
  to: signal(defaultState.to),
  pair: signal(defaultState.pair),
  pins: signal(defaultState.pins),
  zoom: signal(defaultState.zoom),
  samplesOf: signal(defaultState.samplesOf),
  compared: signal(defaultState.compared),
  focusClass: signal(defaultState.focusClass),
  cell: signal(defaultState.cell),
  confusion: signal(defaultState.confusion),
  interSample: signal(defaultState.interSample),
  entropyLines: signal(defaultState.entropyLines),
  smoothing: signal(defaultState.smoothing),
  lines: signal(defaultState.lines),
  scale: signal(defaultState.scale),
  rowOrder: signal(defaultState.rowOrder),
  columnOrder: signal(defaultState.columnOrder),
  capacityScale: signal(defaultState.capacityScale),
  baseline: signal(defaultState.baseline),
  sort: signal(defaultState.sort),
  query: signal(defaultState.query),
  draft: signal(defaultState.draft),
  rail: signal(defaultState.rail),
  blocks: signal(defaultState.blocks),
  full: signal(defaultState.full),
};

/** The state's values now; reading them subscribes the caller to all of them. */
export function snapshot(): ViewState {
  return Object.fromEntries(
    Object.entries(view).map(([field, value]) => [field, value.value]),
  ) as unknown as ViewState;
}

/** Sets every field of the state. */
export function restore(state: ViewState): void {
  for (const field of Object.keys(view) as (keyof ViewState)[]) {
    (view[field] as Signal<unknown>).value = state[field];
  }
}

/** Sets some fields of the state. */
export function update(changes: Partial<ViewState>): void {
  for (const [field, value] of Object.entries(changes)) {
    (view[field as keyof ViewState] as Signal<unknown>).value = value;
  }
}
