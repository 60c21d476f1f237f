import {LIMITS} from '../limits.js';
import {MEASURE_NAMES} from './measure-names.js';

/** Completions for an editor; for `layer`, `class`, `epoch`, `channel` and `sample` an empty text is the run's own names. */
export type CompletionKind =
  | 'function'
  | 'option'
  | 'value'
  | 'layer'
  | 'class'
  | 'epoch'
  | 'channel'
  | 'sample'
  | 'aggregate'
  | 'axis';

export interface Offer {
  text: string;
  kind: CompletionKind;
}

/** Expectation for one of the grammar's rule names or marks. */
export interface Expectation {
  /** Text of a message: "write …". */
  words: string;
  offers?: readonly Offer[];
  /** Name of the offered words, where only they are valid. */
  vocabulary?: string;
  /** For a number: its name, its constraint, and an example. */
  number?: {of: string; must: string; example: string};
  /** A mark that may go on what is complete already; worth naming only if nothing else fits. */
  optional?: true;
}

function offers(kind: CompletionKind, ...texts: string[]): readonly Offer[] {
  return texts.map(text => ({kind, text}));
}

function option(name: string): Expectation {
  return {words: name, vocabulary: 'option', offers: offers('option', `${name}=`)};
}

function amount(of: string, words: string, example: string): Expectation {
  const number = {of, must: words, example: `${of}=${example}`};
  return {words, number, offers: offers('value', example)};
}

/** Expectations by rule name or mark of grammar.peggy, in the order in which a message lists them. */
export const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  measure: {
    words: `a measure (${MEASURE_NAMES.slice(0, -1).join(', ')} or ${MEASURE_NAMES.at(-1)})`,
    vocabulary: 'function',
    offers: offers('function', ...MEASURE_NAMES.map(name => `${name}(`)),
  },
  slice: {words: 'dCNN(…)', vocabulary: 'function', offers: offers('function', 'dCNN(')},
  aggregate: {
    words: 'an aggregate (mean, max, min or std)',
    vocabulary: 'function',
    offers: offers('aggregate', 'mean(', 'max(', 'min(', 'std('),
  },
  'label |': {words: 'label | y', vocabulary: 'function', offers: offers('function', 'label | y')},
  'y |': {words: 'y | label', vocabulary: 'function', offers: offers('function', 'y | label')},
  '|': {words: 'a bar, as in H(label | y)'},
  y: {words: 'y, the prediction', vocabulary: 'variable', offers: offers('value', 'y')},
  label: {words: 'label, the true class', vocabulary: 'variable', offers: offers('value', 'label')},
  over: {
    words: 'over channel, over class or over epoch',
    vocabulary: 'word',
    offers: offers('axis', 'over '),
  },
  axis: {
    words: 'channel, class or epoch',
    vocabulary: 'axis to aggregate over',
    offers: offers('axis', 'channel', 'class', 'epoch'),
  },
  nesting: {words: 'at most 32 aggregates'},

  'bins=': option('bins'),
  'range=': option('range'),
  'k=': option('k'),
  'kernel=': option('kernel'),
  'permutations=': option('permutations'),
  'seed=': option('seed'),
  'epoch=': option('epoch'),

  bins: amount('bins', `a whole number from 1 to ${LIMITS.bins}`, '32'),
  'capacity bins': amount('bins', `a whole number from 1 to ${LIMITS.capacityBins}`, '32'),
  k: amount('k', `a whole number from 1 to ${LIMITS.k}`, '15'),
  permutations: amount('permutations', `a whole number from 0 to ${LIMITS.permutations}`, '100'),
  seed: amount('seed', 'a whole number >= 0', '1'),
  kernel: {words: 'paper or umap', vocabulary: 'kernel', offers: offers('value', 'paper', 'umap')},
  range: {
    words: 'layer, channel, map, run',
    vocabulary: 'range rule',
    offers: offers('value', 'layer', 'channel', 'map', 'run'),
  },
  bound: {
    words: 'two numbers such as -1..1',
    number: {of: 'an end of the range', must: 'a finite number', example: 'range=-1.5..2'},
  },
  step: {
    words: 'a whole number >= 1',
    number: {of: 'a step', must: 'a whole number >= 1', example: '0..20:5'},
  },

  'by label': {words: 'a class such as label=3', offers: offers('sample', 'label=')},
  sample: {words: 'sample indices such as 0..15', offers: offers('sample', '')},
  layer: {words: 'a layer name, index or range', offers: offers('layer', '')},
  channel: {words: 'a channel index or range', offers: offers('channel', '')},
  epoch: {words: 'an epoch or a range of epochs', offers: offers('epoch', '')},
  class: {words: 'a class index, range or name', offers: offers('class', '')},
  all: {words: '*', offers: offers('value', '*')},

  'before layers': {words: 'a comma and the layers'},
  'before channels': {words: 'a comma and the channels'},
  'before epochs': {words: 'a comma and the epochs'},
  'before second slice': {words: 'a comma and the second slice'},
  'end of slice': {words: '")"'},
  '=': {words: '"=" and a value'},
  '(': {words: '"("'},
  ')': {words: '")"'},
  '}': {words: '"}"'},
  ',': {words: 'a comma'},
  '{': {words: 'a list {…}', optional: true},
  '..': {words: '".." and the end of the range', optional: true},
  ':': {words: 'a step', optional: true},
};

/** The expectations in words: those that must come, or, where none must, those that may. */
export function inWords(keys: ReadonlySet<string>): string[] {
  const known = Object.entries(EXPECTATIONS).filter(([key]) => keys.has(key));
  const needed = known.filter(([, {optional}]) => !optional);
  return [...new Set((needed.length > 0 ? needed : known).map(([, {words}]) => words))];
}

/** Joins alternatives: `a`; `a or b`; `a, b, or c`. A part that contains a comma or an `or` is set off by one. */
export function either(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  const comma = words.length > 2 || words.some(word => /, | or /.test(word));
  return `${words.slice(0, -1).join(', ')}${comma ? ', or ' : ' or '}${words.at(-1)}`;
}

/** Everything an editor may offer where the grammar expects `keys`, each once. */
export function offersFor(keys: ReadonlySet<string>): Offer[] {
  return Object.entries(EXPECTATIONS).flatMap(([key, {offers}]) => (keys.has(key) && offers ? offers : []));
}
