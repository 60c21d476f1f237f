/**
 * Indices of the classes whose name holds a text, in any case; the marked one first, so that it is always to be seen.
 *
 * @param names - As they are shown, with their index.
 * @param wanted - Empty: every class.
 */
export function classesNamed(names: readonly string[], wanted: string, marked: number | null): number[] {
  const text = wanted.trim().toLowerCase();
  const found = [...names.keys()].filter(index => (names[index] ?? '').toLowerCase().includes(text));
  if (marked === null || marked >= names.length) return found;
  // Within the first ten a class has its place, where a reader looks for it.
  return text === '' && marked < 10 ? found : [marked, ...found.filter(index => index !== marked)];
}
