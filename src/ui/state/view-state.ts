import {signal, type Signal} from '@preact/signals';
import {ofEachField, type ViewState} from '../model/view-state.js';

export type ViewSignals = {[Field in keyof ViewState]: Signal<ViewState[Field]>};

/** The one state of the page. */
export const view: ViewSignals = ofEachField(({initial}) => signal(initial));

/** The state's values now; reading them subscribes the caller to all of them. */
export function snapshot(): ViewState {
  return ofEachField((_, name) => view[name].value);
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
