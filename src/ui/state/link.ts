import {effect, signal} from '@preact/signals';
import {decodeState, encodeState, encodeSteps} from './url.js';
import type {ViewState} from '../model/view-state.js';
import {amend, isAmended, restore, snapshot, update} from './view-state.js';

/** Problems of the link that was followed; empty if there are none. */
export const linkProblems = signal<string[]>([]);

/** How many links have been followed: with each, the values of the address are to be looked at. */
export const linksFollowed = signal(0);

/** Index of the page among the entries that its steps added to the browser's history. */
export const place = signal({at: 0, last: 0});

/** Browsers refuse address changes that follow too fast on one another. */
const writeDelayMs = 150;

/** Steps that follow faster on one another are those of a key held down. */
const heldKeyMs = 100;

/** Keeps the address and the state in step, both ways; returns what ends it. */
export function keepLink(): () => void {
  const read = (): void => {
    const {state, problems} = decodeState(window.location.hash.slice(1));
    linkProblems.value = problems;
    restore(state);
    linksFollowed.value++;
  };
  const arrive = (): void => {
    // The entry gone to is not to be written over by what the one left behind still had to write.
    entry.leave();
    const {theme, rail} = snapshot();
    read();
    amend({theme, rail}); // settings of the page, not places in it
    place.value = arrival();
  };
  const changed = (): void => {
    if (window.location.hash.slice(1) !== encodeState(snapshot())) read();
  };
  read();
  place.value = firstPlace();
  window.addEventListener('hashchange', changed);
  window.addEventListener('popstate', arrive);
  const stop = effect(() => entry.follow(snapshot()));
  return () => {
    stop();
    entry.leave();
    window.removeEventListener('hashchange', changed);
    window.removeEventListener('popstate', arrive);
  };
}

/** Changes the state by a step that the browser's back button takes back. */
export function step(changes: Partial<ViewState>): void {
  entry.isStepping = true;
  update(changes);
  entry.push({always: true});
}

/** The entry of the history that is shown: what it holds, and what is still to be written to it. */
const entry = {
  /** The state that the entry holds, or will. */
  state: null as ViewState | null,
  timer: undefined as ReturnType<typeof setTimeout> | undefined,
  /** A step of the state has begun: its changes become one new entry. */
  isStepping: false,
  pushedAtMs: -Infinity,

  /** Takes in the state: a step becomes a new entry, all else is written to this one a moment later. */
  follow(state: ViewState): void {
    const isStep = entry.state !== null && !isAmended() && encodeSteps(entry.state) !== encodeSteps(state);
    if (isStep && !entry.isStepping) {
      entry.isStepping = true;
      queueMicrotask(() => entry.push());
    }
    if (entry.isStepping) return;
    entry.state = state;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      if (encodeState(snapshot()) !== window.location.hash.slice(1)) replace(snapshot());
    }, writeDelayMs);
  },

  /**
   * Adds an entry for the state as it is now, unless the step has been added or taken back; steps of a key that is held
   * down become one.
   *
   * @param always - The step is one, whatever its changes are.
   */
  push({always = false} = {}): void {
    if (!entry.isStepping) return;
    entry.isStepping = false;
    clearTimeout(entry.timer);
    const [before, now] = [entry.state, snapshot()];
    entry.state = now;
    if (before === null || (!always && encodeSteps(before) === encodeSteps(now))) return;
    const sinceMs = performance.now() - entry.pushedAtMs;
    entry.pushedAtMs = performance.now();
    if (!always && sinceMs < heldKeyMs) {
      replace(now);
      return;
    }
    // Unsubmitted text belongs to the next entry, not to the one that is left.
    replace({...before, draft: null});
    const at = place.value.at + 1;
    place.value = {at, last: at};
    sessionStorage.setItem(lastKey, String(at));
    window.history.pushState({at}, '', `#${encodeState(now)}`);
  },

  /** Writes no more to this entry. */
  leave(): void {
    clearTimeout(entry.timer);
    entry.isStepping = false;
    entry.pushedAtMs = -Infinity;
    entry.state = null;
  },
};

const lastKey = 'cnnslicer-last-entry';

function replace(state: ViewState): void {
  window.history.replaceState({at: place.value.at}, '', `#${encodeState(state)}`);
}

function indexOfEntry(): number | null {
  return (window.history.state as {at?: number} | null)?.at ?? null;
}

/** Where the browser has gone to: an entry of ours, or a new one of a link that was followed in this page. */
function arrival(): {at: number; last: number} {
  const at = indexOfEntry();
  if (at !== null) return {...place.value, at};
  const next = place.value.at + 1;
  window.history.replaceState({at: next}, '', window.location.hash);
  return {at: next, last: next};
}

/** A reload comes back to an entry of ours, and the tab remembers how many there were; else nothing lies ahead. */
function firstPlace(): {at: number; last: number} {
  const at = indexOfEntry() ?? 0;
  const isOurs = window.history.state !== null;
  return {at, last: isOurs ? Math.max(at, Number(sessionStorage.getItem(lastKey) ?? 0)) : 0};
}
