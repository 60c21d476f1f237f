/** Text of a run, such as its name, as a message may hold it: line breaks and other control characters replaced. */
export function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '\uFFFD');
}
