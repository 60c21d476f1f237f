import type {
  ClassSelector,
  IndexRange,
  IndexSelector,
  LayerRange,
  LayerSelector,
  MeasureQuery,
  Query,
  SampleSelector,
  Slice,
} from './query.js';

/**
 * The canonical text of a query: `*` for all, one item bare, several in braces, no step of 1, options in a fixed order,
 * names quoted only where they must be. `parseQuery` gives the query back, provided that it is well formed as query.ts
 * says.
 */
export function printQuery(query: Query): string {
  if ('aggregate' in query) return `${query.aggregate}(${printQuery(query.of)} over ${query.over})`;
  return printMeasure(query);
}

function printMeasure(query: MeasureQuery): string {
  switch (query.measure) {
    case 'dCNN':
      return printSlice(query.slice);
    case 'H': {
      const {bins, range} = query.options;
      return call('H', printSlice(query.slice), option('bins', bins), option('range', printRangeRule(range)));
    }
    case 'Hx': {
      const {k, kernel} = query.options;
      return call('Hx', printSlice(query.slice), option('k', k), option('kernel', kernel));
    }
    case 'layer':
      return call(query.name, printSlice(query.slice));
    case 'C': {
      const {bins, permutations, seed} = query.options;
      const slices = `${printSlice(query.from)}, ${printSlice(query.to)}`;
      return call(
        'C',
        slices,
        option('bins', bins),
        option('permutations', permutations),
        option('seed', seed),
      );
    }
    case 'H(label|y)':
      return call('H', `label | y${printCondition(query.classes)}`, printEpochOption(query.epochs));
    case 'H(y|label)':
      return call('H', `y | label${printCondition(query.classes)}`, printEpochOption(query.epochs));
  }
}

function call(name: string, ...parts: (string | null)[]): string {
  return `${name}(${parts.filter(part => part !== null).join(', ')})`;
}

function option(name: string, value: number | string | undefined): string | null {
  return value === undefined ? null : `${name}=${value}`;
}

function printRangeRule(range: string | readonly [number, number] | undefined): string | undefined {
  return typeof range === 'object' ? range.join('..') : range;
}

function printCondition(classes: ClassSelector): string {
  return classes === 'each' ? '' : `=${printClasses(classes)}`;
}

function printEpochOption(epochs: IndexSelector): string | null {
  return epochs === 'all' ? null : `epoch=${printItems(epochs)}`;
}

function printSlice({samples, layers, channels, epochs}: Slice): string {
  return call('dCNN', printSamples(samples), printItems(layers), printItems(channels), printItems(epochs));
}

function printSamples(samples: SampleSelector): string {
  if (samples === 'all') return '*';
  return 'labels' in samples ? `label=${printClasses(samples.labels)}` : printItems(samples.indices);
}

function printClasses(classes: ClassSelector): string {
  return classes === 'each' ? '*' : printItems(classes);
}

function printItems(items: LayerSelector): string {
  if (items === 'all') return '*';
  const printed = items.map(printItem);
  return printed.length === 1 ? String(printed[0]) : `{${printed.join(',')}}`;
}

function printItem(item: number | string | IndexRange | LayerRange): string {
  if (typeof item !== 'object') return printName(item);
  const {from, to, step} = item;
  return `${printName(from)}..${printName(to)}${step === 1 ? '' : `:${step}`}`;
}

/** Matches what the grammar reads as a name without quotes. */
const BARE_NAME = /^[A-Za-z_](?:[A-Za-z0-9_/-]|\.[A-Za-z0-9_/-])*$/;

/** A layer or class as the notation writes it: a name in quotes only where it must be. */
export function printName(name: number | string): string {
  return typeof name === 'number' || BARE_NAME.test(name) ? String(name) : JSON.stringify(name);
}
