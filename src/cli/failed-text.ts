import {ranges} from './ranges.js';

/** Lists what could not be captured, a line for each part with all of its epochs. */
export function failedLines(failed: readonly {epoch: number; what: string; reason: string}[]): string[] {
  const epochs = new Map<string, number[]>();
  for (const {epoch, what, reason} of failed) {
    const text = `${what}: ${reason}`;
    epochs.set(text, [...(epochs.get(text) ?? []), epoch]);
  }
  return [...epochs].map(([text, of]) => `epoch ${ranges(of)}: ${text.replace(/\p{Cc}+/gu, ' ')}`);
}
