import {batch, signal, type Signal} from '@preact/signals';
import {ofEachField, type ViewState} from '../model/view-state.js';

export type ViewSignals = {[Field in keyof ViewState]: Signal<ViewState[Field]>};

/** The one state of the page. */
export const view: ViewSignals = ofEachField(({initial}) => signal(initial));

/** The state's values now; reading them subscribes the caller to all of them. */
export function snapshot(): ViewState {
  return ofEachField((_, name) => view[name].value);
}

/** Sets every field of the state; no step of the history, whatever changes. */
export function restore(state: ViewState): void {
  amend(state);
}

/** Sets some fields of the state, all at once. */
export function update(changes: Partial<ViewState>): void {
  batch(() => {
    for (const [field, value] of Object.entries(changes)) {
      (view[field as keyof ViewState] as Signal<unknown>).value = value;
    }
  });
}

let amending = false;

/** Sets some fields of the state as a consequence of something, which adds no step to the history. */
export function amend(changes: Partial<ViewState>): void {
  amending = true;
  try {
    update(changes);
  } finally {
    amending = false;
  }
}

/** Whether the change under way is one that `amend` makes. */
export function isAmended(): boolean {
  return amending;
}
