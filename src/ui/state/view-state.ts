import {signal, type Signal} from '@preact/signals';

/** Everything that a link to the viewer holds: plain values, one signal each. */
export interface ViewState {
  /** Ids of the selected runs; the first is the primary run, which drives what shows one run only. */
  runs: string[];
  /** The epoch on the one clock; null follows the last captured one. */
  epoch: number | null;
  tab: 'performance' | 'channels';
  theme: 'system' | 'light' | 'dark';
  /** The layer in question; null is the first one that has maps. */
  layer: string | null;
  channel: number | null;
  /** The class marked in every view. */
  focusClass: number | null;
  /** The opened cell of the confusion matrix. */
  cell: {label: number; predicted: number} | null;
  confusion: 'counts' | 'shares';
  interSample: 'bits' | 'deficit';
  /** What the channel charts draw: one line over all samples, or one per class. */
  lines: 'all' | 'classes';
  scale: 'fixed' | 'own';
  sort: 'index' | 'final' | 'change';
}

export type ViewSignals = {[Field in keyof ViewState]: Signal<ViewState[Field]>};

/** What a bare address shows. */
export const defaultState: Readonly<ViewState> = {
  runs: [],
  epoch: null,
  tab: 'performance',
  theme: 'system',
  layer: null,
  channel: null,
  focusClass: null,
  cell: null,
  confusion: 'counts',
  interSample: 'bits',
  lines: 'all',
  scale: 'fixed',
  sort: 'index',
};

/** The one state of the page. */
export const view: ViewSignals = {
  runs: signal(defaultState.runs),
  epoch: signal(defaultState.epoch),
  tab: signal(defaultState.tab),
  theme: signal(defaultState.theme),
  layer: signal(defaultState.layer),
  channel: signal(defaultState.channel),
  focusClass: signal(defaultState.focusClass),
  cell: signal(defaultState.cell),
  confusion: signal(defaultState.confusion),
  interSample: signal(defaultState.interSample),
  lines: signal(defaultState.lines),
  scale: signal(defaultState.scale),
  sort: signal(defaultState.sort),
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
