import {LAYER_MEASURE_NAMES} from '../layer-measures.js';
import {LIMITS} from '../limits.js';
import {SyntaxError as PeggyError, parse} from './grammar.js';
import type {Query} from './query.js';

/** An error that the grammar finds only once two values are known; `start..end` is their range in the text. */
export type Conflict = {start: number; end: number} & (
  | {kind: 'reversed'; from: number; to: number; step: number}
  | {kind: 'repeated'; name: string}
);

/** Farthest position that the grammar reached, and the keys of what it expected there. */
export interface Stop {
  position: number;
  /** Keys of `EXPECTATIONS`, and `end` where the text may end. */
  keys: ReadonlySet<string>;
}

export type Syntax = {query: Query; stop: null} | {query: null; stop: Stop};

/** Runs the generated parser; `reject` hears of conflicts, and may throw or let them pass. */
export function readSyntax(text: string, reject: (conflict: Conflict) => void): Syntax {
  try {
    return {
      query: parse(text, {reject, limits: LIMITS, layerMeasures: LAYER_MEASURE_NAMES}) as Query,
      stop: null,
    };
  } catch (error) {
    if (!(error instanceof PeggyError)) throw error;
    const {expected, location} = error as PeggyFailure;
    return {query: null, stop: {position: location.start.offset, keys: new Set(expected.map(keyOf))}};
  }
}

/** The parts of a peggy error that we read; our grammar never calls `error()`, so `expected` is always there. */
interface PeggyFailure {
  expected: readonly PeggyExpectation[];
  location: {start: {offset: number}};
}

type PeggyExpectation =
  | {type: 'other'; description: string}
  | {type: 'literal'; text: string}
  | {type: 'class' | 'any' | 'end'};

function keyOf(expectation: PeggyExpectation): string {
  switch (expectation.type) {
    case 'other':
      return expectation.description;
    case 'literal':
      return expectation.text;
    case 'end':
      return 'end';
    default:
      return ''; // a set of signs: white space, or the rest of a word
  }
}
