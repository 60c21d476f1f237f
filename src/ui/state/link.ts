import {effect, signal} from '@preact/signals';
import {decodeState, encodeState} from './url.js';
import type {ViewState} from '../model/view-state.js';
import {restore, snapshot, update} from './view-state.js';

/** Problems of the link that was followed; empty if there are none. */
export const linkProblems = signal<string[]>([]);

/** Index of the page among the entries that its queries added to the browser's history. */
export const place = signal({at: 0, last: 0});

/** Browsers refuse address changes that follow too fast on one another. */
const writeDelayMs = 150;

/** Keeps the address and the state in step, both ways; returns what ends it. */
export function keepLink(): () => void {
  const read = (): void => {
    const {state, problems} = decodeState(window.location.hash.slice(1));
    linkProblems.value = problems;
    restore(state);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arrive = (): void => {
    // The entry gone to is not to be written over by what the one left behind still had to write.
    clearTimeout(timer);
    read();
    place.value = {...place.value, at: indexOfEntry()};
  };
  read();
  place.value = firstPlace();
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', arrive);
  const stop = effect(() => {
    const text = encodeState(snapshot());
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (text !== window.location.hash.slice(1)) write(snapshot());
    }, writeDelayMs);
  });
  return () => {
    stop();
    clearTimeout(timer);
    window.removeEventListener('hashchange', read);
    window.removeEventListener('popstate', arrive);
  };
}

/** Changes the state by a step that the browser's back button takes back. */
export function step(changes: Partial<ViewState>): void {
  // Unsubmitted text belongs to the next entry, not to the one that is left.
  write({...snapshot(), draft: null});
  update(changes);
  const at = place.value.at + 1;
  place.value = {at, last: at};
  sessionStorage.setItem(lastKey, String(at));
  window.history.pushState({at}, '', `#${encodeState(snapshot())}`);
}

const lastKey = 'cnnslicer-last-entry';

function write(state: ViewState): void {
  window.history.replaceState({at: place.value.at}, '', `#${encodeState(state)}`);
}

function indexOfEntry(): number {
  return (window.history.state as {at?: number} | null)?.at ?? 0;
}

/** A reload comes back to an entry of ours, and the tab remembers how many there were; else nothing lies ahead. */
function firstPlace(): {at: number; last: number} {
  const at = indexOfEntry();
  const isOurs = window.history.state !== null;
  return {at, last: isOurs ? Math.max(at, Number(sessionStorage.getItem(lastKey) ?? 0)) : 0};
}
