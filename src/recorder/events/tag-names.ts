import {freeName} from '../../shared/free-name.js';

/**
 * Names of classes as parts of tags: each once, with their place where a name comes twice; and with square
 * brackets, as TensorBoard's Custom Scalars page draws no tag that holds a round one.
 */
export function tagNames(names: readonly string[]): string[] {
  const square = names.map(name => name.replaceAll('(', '[').replaceAll(')', ']'));
  const taken = new Set<string>();
  return square.map((name, place) => freeName(name, taken, other => `${other} #${place}`));
}
