import {distance} from 'fastest-levenshtein';

/** Finds the candidate that `word` is most likely a misspelling of, ignoring case; null if none is close. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = Math.min(2, Math.floor(word.length / 2)); // edits; a word of one letter has no slips
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits > fewest || (edits === fewest && best !== null)) continue;
    best = candidate;
    fewest = edits;
  }
  return best;
}
