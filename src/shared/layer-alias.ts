import type {LayerInfo} from './run-schema.js';

type NamedLayer = Pick<LayerInfo, 'name' | 'className'>;

/**
 * A name for each layer that does not depend on what else the process has built: its class as tfjs writes it in names, and
 * its number among the layers of that class along the L axis, from 1. The first Conv2D is `conv2d_1` where tfjs calls it
 * `conv2d_Conv2D1` in a process's first model and `conv2d_Conv2D7` in a later one. Inputs are `input_1`, ...
 *
 * @param layers - In the order of the L axis.
 * @returns One alias a layer, each once.
 */
export function layerAliases(layers: readonly NamedLayer[]): string[] {
  const counts = new Map<string, number>();
  return layers.map(({className}) => {
    const word = className === 'InputLayer' ? 'input' : snakeCase(className);
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    return `${word}_${count}`;
  });
}

/** `MaxPooling2D` as `max_pooling2d`: how tfjs and Keras make a layer's name of its class. */
function snakeCase(className: string): string {
  return className
    .replaceAll(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/**
 * A layer by its name, its place on the L axis, or its alias; a name wins over an alias.
 *
 * @param layers - The L axis.
 */
export function findLayer<Layer extends NamedLayer & {index: number}>(
  layers: readonly Layer[],
  nameOrIndex: string | number,
): Layer | undefined {
  const found = layers.find(({name, index}) => name === nameOrIndex || index === nameOrIndex);
  return found ?? layers[layerAliases(layers).indexOf(String(nameOrIndex))];
}

/**
 * The layers of a run by those of another that they are compared with: the one of the same name, else the one of the same
 * alias; otherwise the layer is listed alone, under its own name.
 *
 * @param layers - The run's L axis.
 * @param others - The L axis of the run that it is compared with.
 * @returns The name to compare under, by the run's own layer name; no two layers get the same.
 */
export function comparedNames(
  layers: readonly NamedLayer[],
  others: readonly NamedLayer[],
): Map<string, string> {
  const known = new Set(others.map(({name}) => name));
  const aliases = layerAliases(others);
  const byAlias = new Map(others.map(({name}, i) => [aliases[i], name]));
  const names = new Map(layers.filter(({name}) => known.has(name)).map(({name}) => [name, name]));
  const taken = new Set(names.keys());
  for (const [i, alias] of layerAliases(layers).entries()) {
    const name = layers[i]?.name;
    if (name === undefined || names.has(name)) continue;
    const other = byAlias.get(alias);
    const free = other !== undefined && !taken.has(other);
    names.set(name, free ? other : name);
    if (free) taken.add(other);
  }
  return names;
}
