import {effect, signal} from '@preact/signals';
import {decodeState, encodeState} from './url.js';
import {restore, snapshot} from './view-state.js';

/** What a link asked for and could not get; empty when all is well. */
export const linkProblems = signal<string[]>([]);

/** Browsers refuse address changes that follow too fast on one another. */
const writeDelayMs = 150;

/** Keeps the address and the state in step, both ways. */
export function keepLink(): void {
  const read = (): void => {
    const {state, problems} = decodeState(window.location.hash.slice(1));
    linkProblems.value = problems;
    restore(state);
  };
  read();
  window.addEventListener('hashchange', read);

  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const text = encodeState(snapshot());
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (text !== window.location.hash.slice(1)) window.history.replaceState(null, '', `#${text}`);
    }, writeDelayMs);
  });
}
