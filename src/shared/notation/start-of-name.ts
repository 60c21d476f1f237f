/**
 * Returns the start of the name or number that ends at `position`; `position` itself if there is none. Two dots end a name. A loop
 * and no pattern, since a pattern tied to the end of a long text tries every beginning.
 */
export function startOfName(text: string, position: number): number {
  let start = position;
  while (start > 0 && /[\w./-]/.test(text[start - 1] as string) && text.slice(start - 1, start + 1) !== '..')
    start--;
  while (start < position && /[./-]/.test(text[start] as string)) start++;
  return start;
}
