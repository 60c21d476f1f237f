import {distance} from 'fastest-levenshtein';

/** The candidate that `word` is most likely a slip of, whatever the case of its letters; null where none is near. */
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
