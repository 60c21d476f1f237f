import type {Stop} from '../syntax.js';

/** The position at which the text leaves the notation, and the text there. */
export interface Failure extends Stop {
  text: string;
  /** The word, number, quoted text, dots or single mark at `position`; empty at the end of the text. */
  found: string;
  /** The mark before it, whitespace aside; empty at the start. */
  before: string;
}

/** A complaint as far as it differs from the usual: the offending part is the piece found, unless it says otherwise. */
export interface Remark {
  problem: string;
  advice: string;
  end?: number;
  position?: number;
  suggestion?: string;
}

const QUOTED = /"(?:[^"\\]|\\.)*"?|[“”„‟«»‘’‚'`][^“”„‟«»‘’'`"]*[“”„‟«»‘’'`"]?/u;
const NUMBER = /[-+]?\d+(?:\.\d+)?[\w/-]*/u;
const WORD = /[\p{L}_](?:[\p{L}\p{M}\p{N}_/-]|\.(?!\.))*/u;
const DOTS = /\.{2,}|…/u;
const TOKEN = new RegExp([QUOTED, NUMBER, WORD, DOTS, /./].map(({source}) => source).join('|'), 'suy');

export function failureAt(text: string, {position, keys}: Stop): Failure {
  TOKEN.lastIndex = position;
  const found = TOKEN.exec(text)?.[0] ?? '';
  return {text, position, keys, found, before: text.slice(0, position).trimEnd().slice(-1)};
}

export function isWord(found: string): boolean {
  return /^[\p{L}_]/u.test(found);
}

/** A piece of the text in a message: not too long, and in quotes unless it is a number or has its own. */
export function shown(piece: string): string {
  const short = shortened(piece);
  return /^[-+]?\d[\d.]*$|^["“”„‟«»‘’‚'`]/.test(short) ? short : `"${short}"`;
}

export function shortened(piece: string): string {
  return piece.length > 40 ? `${piece.slice(0, 39)}…` : piece;
}
