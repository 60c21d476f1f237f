/** Width of a text, CSS pixels. */
export type Measure = (text: string) => number;

/** Removes letters from the middle until a text fits: the ends distinguish names. A text of three letters stays. */
export function fitText(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const letters = [...text];
  let shown = text;
  for (let kept = letters.length - 1; kept > 2 && measure(shown) > width; kept--) {
    const start = letters.slice(0, Math.ceil(kept / 2)).join('');
    shown = `${start}…${letters.slice(letters.length - Math.floor(kept / 2)).join('')}`;
  }
  return shown;
}

/** Width of the widest of some texts; of many, only the longest by letters are measured. */
export function widestOf(texts: readonly string[], measure: Measure): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  const candidates = texts.length <= 64 ? texts : texts.filter(text => text.length > 0.7 * longest);
  return candidates.slice(0, 256).reduce((widest, text) => Math.max(widest, measure(text)), 0);
}
