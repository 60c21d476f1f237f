import {closest} from 'fastest-levenshtein';

/** A question about something that the run does not hold. The message is one line and names what is nearest. */
export class NoSuchSlice extends RangeError {
  override name = 'NoSuchSlice';
}

/** The name nearest to a mistaken one, as a question to end a message with; empty where there are no names. */
export function didYouMean(name: string, known: readonly string[]): string {
  return known.length === 0 ? '' : ` Did you mean ${closest(name, known)}?`;
}

/** The number nearest to a mistaken one; of two the lower. */
export function nearest(value: number, known: readonly number[]): number | undefined {
  return known.reduce<number | undefined>(
    (best, candidate) =>
      best === undefined || Math.abs(candidate - value) < Math.abs(best - value) ? candidate : best,
    undefined,
  );
}
