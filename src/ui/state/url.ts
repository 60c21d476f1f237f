import {ofEachField, type ViewState} from '../model/view-state.js';

/** The state as the part of an address after `#`; fields at their default are left out. */
export function encodeState(state: ViewState): string {
  return encode(state, () => true);
}

/** The part of it whose changes are steps of the browser's history. */
export function encodeSteps(state: ViewState): string {
  return encode(state, isStep => isStep);
}

function encode(state: ViewState, isWanted: (isStep: boolean) => boolean): string {
  const query = new URLSearchParams();
  ofEachField(({codec, initial, parameter, isStep}, name) => {
    if (!isWanted(isStep)) return;
    const written = codec.write(state[name]);
    if (JSON.stringify(written) === JSON.stringify(codec.write(initial))) return;
    for (const value of written) query.append(parameter, value);
  });
  return query.toString();
}

/**
 * Reads what `encodeState` wrote; never throws.
 *
 * @param text - The part of the address after `#`.
 * @returns The state, defaults where the link says nothing, and a sentence for every part of it that cannot be used.
 */
export function decodeState(text: string): {state: ViewState; problems: string[]} {
  const query = new URLSearchParams(text);
  const problems: string[] = [];
  const state = ofEachField<ViewState>(({codec, initial, parameter}) => {
    const values = query.getAll(parameter);
    query.delete(parameter);
    if (values.length === 0) return initial;
    const value = codec.read(values);
    if (value === undefined) problems.push(`${parameter}=${values.join(',')} is not valid`);
    return value ?? initial;
  });
  for (const unknown of new Set(query.keys())) problems.push(`${unknown} is not part of a link`);
  return {state, problems};
}
