import {offersFor, type CompletionKind} from './expectations.js';
import {startOfName} from './start-of-name.js';
import {readSyntax} from './syntax.js';

export interface Completion {
  /** The part of the text that `text` replaces: the word at the cursor, possibly empty. */
  from: number;
  to: number;
  /** Empty for the run's own layers, classes, epochs, channels or samples: the caller fills them in. */
  text: string;
  kind: CompletionKind;
}

/**
 * Completes the text before `position`. Words are offered if they begin with what is typed already
 * (in any case); open slots always. Empty where the text before the cursor is not in the notation, or nothing but a mark
 * such as `)` can follow.
 */
export function completeQuery(text: string, position: number): Completion[] {
  const from = startOfWord(text, position);
  const before = text.slice(0, from);
  const {stop} = readSyntax(before, () => undefined);
  if (stop === null || stop.position < before.length) return [];
  const typed = text.slice(from, position).toLowerCase();
  const rest = text[from] === '"' ? /^[^",]*"/ : /^(?:[\w/-]|\.(?!\.))*/;
  const to = position + (rest.exec(text.slice(position))?.[0].length ?? 0);
  return offersFor(stop.keys)
    .filter(offer => offer.text === '' || offer.text.toLowerCase().startsWith(typed))
    .filter(offer => offer.kind !== 'option' || !isGiven(offer.text, before))
    .map(({text: offered, kind}) => ({from, to, text: offered, kind}));
}

/** Returns the start of the word, number or unclosed string that ends at `position`. */
function startOfWord(text: string, position: number): number {
  const before = text.slice(0, position);
  const unquoted = before.replace(/"(?:[^"\\]|\\.)*"/gs, quoted => ' '.repeat(quoted.length));
  const quote = unquoted.indexOf('"');
  if (quote >= 0) return quote;
  return startOfName(unquoted, position);
}

/** Options follow the slices of their measure, so the existing ones are after the last closing parenthesis. */
function isGiven(option: string, before: string): boolean {
  const written = before.slice(before.lastIndexOf(')') + 1).replaceAll(/\s/g, '');
  return written.includes(`,${option}`);
}
