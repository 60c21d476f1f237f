import type {LayerSelection} from './options.js';
import {show} from './show.js';

/**
 * Which named tensors to capture, in the order of the names; default all.
 *
 * @throws {RangeError} if a name or position is not there, nothing is left, or the selection asks about layers of a model.
 */
export function selectTensors(names: readonly string[], selection: LayerSelection | undefined): string[] {
  if (selection === undefined) return [...names];
  if (typeof selection === 'function') {
    throw new RangeError(
      'options.layers is a predicate, which looks at the layers of a model; of named tensors give names, positions or patterns.',
    );
  }
  const items = selection instanceof RegExp ? [selection] : selection;
  const list = names.map((name, i) => `${i} "${name}"`).join(', ');
  for (const item of items) {
    const isThere =
      item instanceof RegExp || (typeof item === 'number' ? item in names : names.includes(item));
    if (!isThere)
      throw new RangeError(`options.layers: there is no tensor ${show(item)}; there are ${list}.`);
  }
  const isMeant = (name: string, i: number) =>
    items.some(item => (item instanceof RegExp ? item.test(name) : item === name || item === i));
  const selected = names.filter(isMeant);
  if (selected.length === 0) throw new RangeError(`options.layers selects no tensor; there are ${list}.`);
  return selected;
}
